package io.infrabridge.server.system;

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
import io.infrabridge.runtime.operation.Step;
import io.infrabridge.runtime.operation.UnexpectedOutput;
import io.infrabridge.server.ServerManage;
import io.infrabridge.server.measure.Disk;
import io.infrabridge.server.measure.Kernel;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Says what a server does: two looks at the kernel's counters, a second apart; see proc(5), ps(1), df(1). */
@Singleton
final class MeasureSystem implements HostOperation<MeasureSystem.Input, SystemMetrics> {
    private static final Pattern FILES = Pattern.compile("(\\d{1,18})\\s+\\d{1,18}\\s+(\\d{1,19})");
    private static final Pattern STATES = Pattern.compile("[A-Za-z]");

    @Override
    public OperationSpec<Input, SystemMetrics> spec() {
        return OperationSpec.read(
                        ServerManage.TOOL,
                        "What a server does: processors, memory, disks, networks, processes, open files, over a second",
                        Input.class,
                        SystemMetrics.class,
                        Selector.of("operation", "system"),
                        Selector.of("action", "metrics"))
                .running(ReadProc.PROGRAM, "head", "sleep", "nproc", "df", "ps", "date", "systemctl");
    }

    @Override
    public Plan probe(Input in, HostFacts host) {
        List<Step> looks = new ArrayList<>(Boot.look());
        looks.add(Kernel.look());
        looks.add(Kernel.counters("Read the processors' counters"));
        looks.add(Traffic.look("Read the counters of disks and networks"));
        looks.add(Run.of("Count the processors", "nproc"));
        looks.add(Disk.look());
        looks.add(Run.of("Count the open files", "cat", "--", "/proc/sys/fs/file-nr"));
        looks.add(Run.of("List the states of the processes", "ps", "-e", "-o", "state="));
        looks.add(Run.of(
                        "List the running services",
                        "systemctl",
                        "list-units",
                        "--type=service",
                        "--state=running",
                        "--no-legend",
                        "--plain",
                        "--full")
                .accepting(0, 1, Output.NOT_FOUND));
        looks.add(Run.of("Let the counters move", "sleep", "1"));
        looks.add(Kernel.counters("Read the processors' counters again"));
        looks.add(Traffic.look("Read the counters of disks and networks again"));
        return Plan.of(looks);
    }

    @Override
    public SystemMetrics parse(Input in, Outputs out) {
        Probed seen = out.before();
        Boot boot = Boot.parse(seen);
        Kernel kernel = Kernel.parse(seen.get(Boot.LOOKS));
        Traffic before = Traffic.parse(seen.get(Boot.LOOKS + 2));
        Traffic after = Traffic.parse(seen.get(Boot.LOOKS + 10));
        Matcher files = FILES.matcher(seen.get(Boot.LOOKS + 5).text().strip());
        if (!files.matches()) {
            throw new UnexpectedOutput(
                    "/proc/sys/fs/file-nr: " + seen.get(Boot.LOOKS + 5).text());
        }
        List<String> states = states(seen.get(Boot.LOOKS + 6));
        return new SystemMetrics(
                Kernel.processors(seen.get(Boot.LOOKS + 3)),
                Kernel.busyPercent(seen.get(Boot.LOOKS + 1), seen.get(Boot.LOOKS + 9)),
                kernel.load1(),
                kernel.load5(),
                kernel.load15(),
                kernel.memoryTotal(),
                kernel.memoryTotal() - kernel.memoryAvailable(),
                kernel.memoryAvailable(),
                kernel.swapTotal(),
                kernel.swapTotal() - kernel.swapFree(),
                Disk.parse(seen.get(Boot.LOOKS + 4)),
                after.disksSince(before),
                after.networksSince(before),
                states.size(),
                count(states, "R"),
                count(states, "D"),
                count(states, "Z"),
                Long.parseLong(files.group(1)),
                most(files.group(2)),
                services(seen.get(Boot.LOOKS + 7)),
                boot.uptime().toSeconds(),
                boot.seenAt());
    }

    private static List<String> states(Output ps) {
        List<String> states = ps.lines().stream().map(String::strip).toList();
        if (states.isEmpty()
                || !states.stream().allMatch(state -> STATES.matcher(state).matches())) {
            throw new UnexpectedOutput("ps: " + ps.text());
        }
        return states;
    }

    private static int count(List<String> states, String state) {
        return (int) states.stream().filter(state::equals).count();
    }

    /** Kernels say "no limit" by the largest number that they have, which is larger than Java's on some. */
    private static long most(String limit) {
        return limit.length() == 19 && limit.compareTo(Long.toString(Long.MAX_VALUE)) > 0
                ? Long.MAX_VALUE
                : Long.parseLong(limit);
    }

    private static Optional<Integer> services(Output listed) {
        return listed.succeeded()
                ? Optional.of((int) listed.lines().stream()
                        .filter(line -> line.contains(".service"))
                        .count())
                : Optional.empty();
    }

    record Input() {}
}
