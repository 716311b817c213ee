package io.infrabridge.server.provision;

import io.infrabridge.contract.Execution;
import io.infrabridge.contract.TargetKind;
import io.infrabridge.runtime.execution.Cancellation;
import io.infrabridge.runtime.execution.Target;
import io.infrabridge.runtime.execution.Targets;
import io.infrabridge.runtime.operation.Captured;
import io.infrabridge.runtime.operation.HostFacts;
import io.infrabridge.runtime.operation.Output;
import io.infrabridge.runtime.operation.Rehearsal;
import io.infrabridge.runtime.operation.Run;
import io.infrabridge.runtime.operation.Step;
import io.infrabridge.server.RunningMarks;
import io.smallrye.mutiny.Uni;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** A host in memory with files, kernel parameters and services, of whose changes one may fail. */
final class SimulatedServer implements Targets, Target<HostFacts> {
    private static final List<String> CHANGING = List.of("install", "mv", "rm", "sysctl", "systemctl");

    final Map<String, Service> services = new TreeMap<>();
    final Map<String, Entry> files = new TreeMap<>();
    final Map<String, String> kernel = new TreeMap<>();
    final List<String> changes = new ArrayList<>();
    private final int failing;
    private final boolean effective;

    /** A file, or a directory where it has no content. */
    record Entry(String mode, String owner, String group, Optional<String> content) {}

    /** A service that is known. */
    record Service(boolean enabled, boolean active) {}

    /**
     * A host.
     *
     * @param failing which of its changes fails, counted from 0; none where negative
     * @param effective whether the change that fails takes effect nevertheless
     */
    SimulatedServer(int failing, boolean effective) {
        this.failing = failing;
        this.effective = effective;
    }

    void directory(String path) {
        files.put(path, new Entry("755", "root", "root", Optional.empty()));
    }

    void file(String path, String mode, String content) {
        files.put(path, new Entry(mode, "root", "root", Optional.of(content)));
    }

    @Override
    public TargetKind kind() {
        return TargetKind.HOST;
    }

    @Override
    public Uni<? extends Target<?>> reach(String name) {
        return Uni.createFrom().item(this);
    }

    @Override
    public HostFacts facts() {
        return Rehearsal.UBUNTU;
    }

    @Override
    public Execution execution(boolean sudoRequired) {
        return new Execution(
                Execution.Mode.LOCAL,
                "simulated",
                Optional.of("infra"),
                Optional.of("ubuntu"),
                sudoRequired,
                Optional.empty());
    }

    @Override
    public Uni<Output> execute(Step step, Cancellation cancellation) {
        Run run = (Run) step;
        if (RunningMarks.named(run.argv())) {
            return Uni.createFrom().item(Output.of(""));
        }
        if (run.argv().get(1).equals("show")) {
            return Uni.createFrom().item(shown(run.argv().get(run.argv().size() - 1)));
        }
        if (!CHANGING.contains(run.program())) {
            return Uni.createFrom().item(seen(run));
        }
        boolean fails = changes.size() == failing;
        changes.add(String.join(" ", run.argv()));
        if (!fails || effective) {
            change(run);
        }
        return Uni.createFrom().item(fails ? Output.failed(1, "Input/output error") : Output.of(""));
    }

    private Output shown(String name) {
        Optional<Service> service = Optional.ofNullable(services.get(name));
        return Output.of(Captured.text(service.isPresent() ? "systemctl-show-stopped" : "systemctl-show-unknown")
                .replaceAll("Id=.*", "Id=" + name)
                .replace(
                        "UnitFileState=disabled",
                        service.filter(Service::enabled).isPresent()
                                ? "UnitFileState=enabled"
                                : "UnitFileState=disabled")
                .replace(
                        "ActiveState=inactive",
                        service.filter(Service::active).isPresent() ? "ActiveState=active" : "ActiveState=inactive"));
    }

    private Output seen(Run run) {
        if (run.argv().contains("^btime")) {
            return Captured.output("grep-btime");
        }
        List<String> paths =
                run.argv().subList(run.argv().indexOf("--") + 1, run.argv().size());
        StringBuilder text = new StringBuilder();
        StringBuilder error = new StringBuilder();
        for (String path : paths) {
            Optional<String> line =
                    switch (run.program()) {
                        case "stat" -> Optional.ofNullable(files.get(path)).map(entry -> stat(path, entry));
                        case "cat" -> Optional.ofNullable(files.get(path)).flatMap(Entry::content);
                        case "sha256sum" ->
                            Optional.ofNullable(files.get(path))
                                    .flatMap(Entry::content)
                                    .map(content -> Digest.of(content) + "  " + path + "\n");
                        case "grep" -> Optional.ofNullable(kernel.get(path)).map(value -> path + ":" + value + "\n");
                        default -> throw new AssertionError(run.argv());
                    };
            line.ifPresentOrElse(text::append, () -> error.append(path).append(": No such file or directory\n"));
        }
        return new Output(error.isEmpty() ? 0 : 1, text.toString(), error.toString(), false);
    }

    private static String stat(String path, Entry entry) {
        String id = entry.owner().equals("root") ? "0" : "1000";
        String type = entry.content().isPresent() ? "regular file" : "directory";
        return String.join(
                        "\t",
                        type,
                        entry.mode(),
                        id,
                        id,
                        entry.owner(),
                        entry.group(),
                        Integer.toString(entry.content().map(String::length).orElse(4096)),
                        path)
                + "\n";
    }

    private void change(Run run) {
        List<String> argv = run.argv();
        String last = argv.get(argv.size() - 1);
        String source = argv.get(argv.size() - 2);
        switch (run.program()) {
            case "systemctl" -> {
                Service now = services.getOrDefault(last, new Service(false, false));
                services.put(
                        last,
                        switch (argv.get(1)) {
                            case "enable" -> new Service(true, now.active());
                            case "disable" -> new Service(false, now.active());
                            case "start" -> new Service(now.enabled(), true);
                            case "stop" -> new Service(now.enabled(), false);
                            default -> throw new AssertionError(argv);
                        });
            }
            case "rm" -> files.remove(last);
            case "mv" ->
                files.put(last, Optional.ofNullable(files.remove(source)).orElseThrow());
            case "sysctl" -> kernel.put("/proc/sys/" + last.split("=")[0].replace('.', '/'), last.split("=")[1]);
            default ->
                files.put(
                        last,
                        new Entry(
                                after("-m", argv).replaceFirst("^0", ""),
                                after("-o", argv).replaceFirst("^0$", "root"),
                                after("-g", argv).replaceFirst("^0$", "root"),
                                source.equals("/dev/stdin")
                                        ? run.input()
                                        : files.get(source).content()));
        }
    }

    private static String after(String option, List<String> argv) {
        return argv.get(argv.indexOf(option) + 1);
    }
}
