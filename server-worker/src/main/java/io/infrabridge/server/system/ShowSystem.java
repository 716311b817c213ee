package io.infrabridge.server.system;

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
import io.infrabridge.server.measure.Kernel;
import io.infrabridge.server.measure.OsRelease;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Says what a server is; all of it is read anew. What the worker keeps of a host for a while, for its plans, it tells the age of.
 */
@Singleton
final class ShowSystem implements HostOperation<ShowSystem.Input, SystemInfo> {
    private static final String ZONES = "/zoneinfo/";

    @Override
    public OperationSpec<Input, SystemInfo> spec() {
        return OperationSpec.read(
                        ServerManage.TOOL,
                        "What a server is: distribution, kernel, hardware, addresses, time zone, since when it runs",
                        Input.class,
                        SystemInfo.class,
                        Selector.of("operation", "system"),
                        Selector.of("action", "info"))
                .running(
                        ReadProc.PROGRAM,
                        "date",
                        "id",
                        "ip",
                        "lscpu",
                        "nproc",
                        "readlink",
                        "systemd-detect-virt",
                        "uname");
    }

    @Override
    public Plan probe(Input in, HostFacts host) {
        List<Step> looks = new ArrayList<>(Boot.look());
        looks.add(Kernel.look());
        looks.add(Run.of("Ask for its name and kernel", "uname", "-n", "-r", "-m"));
        looks.add(
                Run.of("Ask for the operating system", "cat", "/etc/os-release").accepting(0, 1));
        looks.add(Run.of("Count the processors", "nproc"));
        looks.add(Run.of("Ask for the processor's model", "lscpu").accepting(0, 1, Output.NOT_FOUND));
        looks.add(Run.of("Ask what it runs on", "systemd-detect-virt").accepting(0, 1, Output.NOT_FOUND));
        looks.add(
                Run.of("Read its time zone", "readlink", "--", "/etc/localtime").accepting(0, 1));
        looks.add(Run.of("List its addresses", "ip", "-j", "address", "show").accepting(0, 1, 255, Output.NOT_FOUND));
        looks.add(Run.of("Ask which account this is", "id", "-un"));
        return Plan.of(looks);
    }

    @Override
    public SystemInfo parse(Input in, Outputs out) {
        return parse(out, Optional.empty());
    }

    @Override
    public SystemInfo parse(Input in, HostFacts host, Outputs out) {
        return parse(out, Optional.of(host.readAt()));
    }

    private static SystemInfo parse(Outputs out, Optional<Instant> factsReadAt) {
        Probed seen = out.before();
        Boot boot = Boot.parse(seen);
        Kernel kernel = Kernel.parse(seen.get(Boot.LOOKS));
        String[] uname = seen.get(Boot.LOOKS + 1).text().strip().split(" ");
        if (uname.length != 3) {
            throw new UnexpectedOutput("uname: " + seen.get(Boot.LOOKS + 1).text());
        }
        OsRelease os = OsRelease.parse(seen.get(Boot.LOOKS + 2));
        return new SystemInfo(
                uname[0],
                os.prettyName(),
                os.id(),
                os.version(),
                os.family().word(),
                uname[1],
                uname[2],
                Processor.model(seen.get(Boot.LOOKS + 4)),
                Kernel.processors(seen.get(Boot.LOOKS + 3)),
                kernel.memoryTotal(),
                kernel.swapTotal(),
                virtualization(seen.get(Boot.LOOKS + 5)),
                boot.uptime().toSeconds(),
                boot.bootedAt(),
                boot.id(),
                timezone(seen.get(Boot.LOOKS + 6)),
                Address.parse(seen.get(Boot.LOOKS + 7)),
                packageManager(os.family()),
                seen.get(Boot.LOOKS + 8).text().strip(),
                boot.seenAt(),
                factsReadAt);
    }

    /** It ends with 1 where there is none, and says so. */
    private static Optional<String> virtualization(Output said) {
        return said.missing()
                ? Optional.empty()
                : Optional.of(said.text().strip()).filter(word -> word.matches("[a-z0-9-]{1,40}"));
    }

    private static Optional<String> timezone(Output link) {
        String path = link.text().strip();
        int at = path.indexOf(ZONES);
        return at < 0 ? Optional.empty() : Optional.of(path.substring(at + ZONES.length()));
    }

    private static Optional<String> packageManager(Distro family) {
        return switch (family) {
            case UBUNTU -> Optional.of("apt");
            case RHEL -> Optional.of("dnf");
            case NIXOS -> Optional.of("nix");
            case OTHER -> Optional.empty();
        };
    }

    record Input() {}
}
