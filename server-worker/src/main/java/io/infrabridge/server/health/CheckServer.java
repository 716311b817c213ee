package io.infrabridge.server.health;

import io.infrabridge.contract.Selector;
import io.infrabridge.runtime.operation.HostFacts;
import io.infrabridge.runtime.operation.HostOperation;
import io.infrabridge.runtime.operation.OperationSpec;
import io.infrabridge.runtime.operation.Output;
import io.infrabridge.runtime.operation.Outputs;
import io.infrabridge.runtime.operation.Plan;
import io.infrabridge.runtime.operation.Probed;
import io.infrabridge.runtime.operation.ReadProc;
import io.infrabridge.runtime.operation.Run;
import io.infrabridge.runtime.operation.UnexpectedOutput;
import io.infrabridge.server.ServerManage;
import io.infrabridge.server.measure.Disk;
import io.infrabridge.server.measure.Kernel;
import jakarta.inject.Singleton;
import java.util.List;

/** Load, memory, disks and failed units of a server; see proc(5), df(1), systemctl(1). */
@Singleton
final class CheckServer implements HostOperation<CheckServer.Input, ServerHealth> {
    @Override
    public OperationSpec<Input, ServerHealth> spec() {
        return OperationSpec.read(
                        ServerManage.TOOL,
                        "Load, memory, disks and failed units of a server, with what is wrong with them",
                        Input.class,
                        ServerHealth.class,
                        Selector.of("operation", "health"),
                        Selector.byDefault("action", "check"))
                .running(ReadProc.PROGRAM, "head", "sleep", "nproc", "uname", "df", "systemctl");
    }

    @Override
    public Plan probe(Input in, HostFacts host) {
        return Plan.of(
                ReadProc.of("Read load, uptime and memory", "/proc/loadavg", "/proc/uptime", "/proc/meminfo"),
                Run.of("Read the processor's counters", "head", "-n", "1", "/proc/stat"),
                Run.of("Count the processors", "nproc"),
                Run.of("Ask for the host's name and kernel", "uname", "-nr"),
                Run.of("Ask for the operating system", "cat", "/etc/os-release").accepting(0, 1),
                Disk.look(),
                Run.of(
                                "List the failed units",
                                "systemctl",
                                "list-units",
                                "--failed",
                                "--no-legend",
                                "--plain",
                                "--full")
                        .accepting(0, 1, Output.NOT_FOUND),
                Run.of("Let the processor's counters move", "sleep", "0.3"),
                Run.of("Read the processor's counters again", "head", "-n", "1", "/proc/stat"));
    }

    @Override
    public ServerHealth parse(Input in, Outputs out) {
        Probed seen = out.before();
        Kernel kernel = Kernel.parse(seen.get(0));
        List<String> uname = List.of(seen.get(3).text().strip().split(" "));
        if (uname.size() != 2) {
            throw new UnexpectedOutput("uname: " + seen.get(3).text());
        }
        int processors = Kernel.processors(seen.get(2));
        List<Disk> disks = Disk.parse(seen.get(5));
        List<String> failedUnits = FailedUnits.parse(seen.get(6));
        Findings findings = new Findings();
        findings.load(kernel.load5(), processors);
        findings.memory(kernel.memoryAvailable(), kernel.memoryTotal());
        disks.forEach(findings::disk);
        failedUnits.forEach(findings::unit);
        return new ServerHealth(
                findings.status(),
                findings.issues(),
                uname.get(0),
                Kernel.prettyName(seen.get(4)),
                uname.get(1),
                (long) kernel.uptime(),
                processors,
                Kernel.busyPercent(seen.get(1), seen.get(8)),
                kernel.load1(),
                kernel.load5(),
                kernel.load15(),
                kernel.memoryTotal(),
                kernel.memoryTotal() - kernel.memoryAvailable(),
                kernel.memoryAvailable(),
                kernel.swapTotal(),
                kernel.swapTotal() - kernel.swapFree(),
                disks,
                failedUnits);
    }

    record Input() {}
}
