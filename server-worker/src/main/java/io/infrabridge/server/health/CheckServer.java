package io.infrabridge.server.health;

import io.infrabridge.contract.Selector;
import io.infrabridge.runtime.operation.Distro;
import io.infrabridge.runtime.operation.HostFacts;
import io.infrabridge.runtime.operation.HostOperation;
import io.infrabridge.runtime.operation.OperationSpec;
import io.infrabridge.runtime.operation.Output;
import io.infrabridge.runtime.operation.Outputs;
import io.infrabridge.runtime.operation.Plan;
import io.infrabridge.runtime.operation.Probed;
import io.infrabridge.runtime.operation.ReadProc;
import io.infrabridge.runtime.operation.Run;
import io.infrabridge.runtime.operation.Step;
import io.infrabridge.runtime.operation.UnexpectedOutput;
import io.infrabridge.server.ServerManage;
import io.infrabridge.server.measure.Disk;
import io.infrabridge.server.measure.Kernel;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Load, memory, disks, failed units, clock and upkeep of a server; see proc(5), df(1), systemctl(1), timedatectl(1). */
@Singleton
final class CheckServer implements HostOperation<CheckServer.Input, ServerHealth> {
    /** Where the looks begin that each distribution has of its own. */
    private static final int OWN = 10;

    private final HealthSettings settings;

    CheckServer(HealthSettings settings) {
        this.settings = settings;
    }

    @Override
    public OperationSpec<Input, ServerHealth> spec() {
        return OperationSpec.read(
                        ServerManage.TOOL,
                        "How a server is: load, memory, disks, failed units, clock, pending reboot and security updates,"
                                + " with what is wrong with them",
                        Input.class,
                        ServerHealth.class,
                        Selector.of("operation", "health"),
                        Selector.byDefault("action", "check"))
                .running(ReadProc.PROGRAM, "head", "sleep", "nproc", "uname", "df", "systemctl", "timedatectl")
                .runningOn(Distro.UBUNTU, "apt-get")
                .runningOn(Distro.RHEL, "dnf")
                .runningOn(Distro.NIXOS, "realpath")
                .within(Duration.ofSeconds(60));
    }

    @Override
    public Plan probe(Input in, HostFacts host) {
        List<Step> looks = new ArrayList<>(List.of(
                Kernel.look(),
                Kernel.counters("Read the processor's counters"),
                Run.of("Count the processors", "nproc").accepting(0, Output.NOT_FOUND),
                Run.of("Ask for the host's name and kernel", "uname", "-nr"),
                Run.of("Ask for the operating system", "cat", "/etc/os-release").accepting(0, 1),
                Disk.look().accepting(0, 1, Output.NOT_FOUND),
                FailedUnits.look(),
                Run.of("Let the processor's counters move", "sleep", "0.3"),
                Kernel.counters("Read the processor's counters again"),
                Clock.look()));
        looks.addAll(UpkeepSource.of(host).looks());
        return Plan.of(looks);
    }

    @Override
    public ServerHealth parse(Input in, Outputs out) {
        Probed seen = out.before();
        Kernel kernel = Kernel.parse(seen.get(0));
        List<String> uname = List.of(seen.get(3).text().strip().split(" "));
        if (uname.size() != 2) {
            throw new UnexpectedOutput("uname: " + seen.get(3).text());
        }
        Optional<Integer> processors =
                seen.get(2).missing() ? Optional.empty() : Optional.of(Kernel.processors(seen.get(2)));
        Optional<List<Disk>> disks = disks(seen.get(5));
        Optional<List<String>> failedUnits = FailedUnits.parse(seen.get(6));
        Optional<Boolean> clock = Clock.parse(seen.get(9));
        Upkeep upkeep = UpkeepSource.read(seen.get(4), seen.outputs().subList(OWN, seen.size()));
        Findings findings = new Findings(settings);
        findings.load(kernel.load5(), processors);
        findings.memory(kernel.memoryAvailable(), kernel.memoryTotal());
        findings.swap(kernel.swapTotal() - kernel.swapFree(), kernel.swapTotal());
        findings.disks(disks);
        findings.units(failedUnits);
        findings.clock(clock);
        findings.upkeep(upkeep);
        return new ServerHealth(
                findings.status(),
                findings.issues(),
                findings.untold(),
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
                disks.orElse(List.of()),
                failedUnits.orElse(List.of()),
                clock,
                upkeep.rebootPending(),
                upkeep.rebootReasons(),
                upkeep.securityUpdates());
    }

    private static Optional<List<Disk>> disks(Output df) {
        return df.missing() ? Optional.empty() : Optional.of(Disk.parse(df));
    }

    record Input() {}
}
