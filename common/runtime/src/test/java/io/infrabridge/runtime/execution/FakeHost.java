package io.infrabridge.runtime.execution;

import io.infrabridge.contract.Category;
import io.infrabridge.contract.Execution;
import io.infrabridge.contract.TargetKind;
import io.infrabridge.runtime.operation.Distro;
import io.infrabridge.runtime.operation.HostFacts;
import io.infrabridge.runtime.operation.Output;
import io.infrabridge.runtime.operation.Step;
import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.function.Supplier;

/** A host that keeps a set of names: {@code look} lists them, {@code add NAME} and {@code drop NAME} change them. */
public final class FakeHost implements Targets, Target<HostFacts> {
    public final Set<String> names = new ConcurrentSkipListSet<>();
    /** The directories that mark changes. */
    public final Set<String> marks = new ConcurrentSkipListSet<>();
    /** Programs that may not be run. */
    public final Set<String> refused = new ConcurrentSkipListSet<>();
    /** Whether no directory can be made. */
    public boolean unmarkable;

    public final List<List<String>> executed = new ArrayList<>();
    private final Map<String, Supplier<Uni<Output>>> instead = new HashMap<>();
    private Optional<ExecutionFailure> unreachable = Optional.empty();

    /** Answers this for the command, written with spaces, in place of what it does. */
    public FakeHost answering(String command, Supplier<Uni<Output>> answer) {
        instead.put(command, answer);
        return this;
    }

    public FakeHost unreachable() {
        unreachable = Optional.of(ExecutionFailure.before(Category.HOST_UNREACHABLE, "No route to it.", "Start it."));
        return this;
    }

    @Override
    public TargetKind kind() {
        return TargetKind.HOST;
    }

    @Override
    public Uni<? extends Target<?>> reach(String name) {
        return unreachable
                .<Uni<? extends Target<?>>>map(failure -> Uni.createFrom().failure(failure))
                .orElseGet(() -> Uni.createFrom().item(this));
    }

    @Override
    public HostFacts facts() {
        return new HostFacts("fake", Distro.UBUNTU, Map.of(), "6.1", "x86_64", "infra", 1000, Instant.EPOCH);
    }

    @Override
    public Execution execution(boolean sudoRequired) {
        return new Execution(
                Execution.Mode.LOCAL,
                "fake",
                Optional.of("infra"),
                Optional.of("ubuntu"),
                sudoRequired,
                Optional.empty());
    }

    @Override
    public void check(Step step) {
        if (refused.contains(step.command().get(0))) {
            throw ExecutionFailure.before(Category.PROGRAM_NOT_ALLOWED, "It is not allowed.", "Allow it.");
        }
    }

    @Override
    public Uni<Output> execute(Step step, Cancellation cancellation) {
        if (step.command().contains("--")) {
            Supplier<Uni<Output>> otherwise = instead.get(String.join(" ", step.command()));
            return otherwise != null ? otherwise.get() : Uni.createFrom().item(marked(step.command()));
        }
        synchronized (executed) {
            executed.add(step.command());
        }
        Supplier<Uni<Output>> answer = instead.get(String.join(" ", step.command()));
        if (answer != null) {
            return answer.get();
        }
        String argument = step.command().get(step.command().size() - 1);
        switch (step.command().get(0)) {
            case "add" -> names.add(argument);
            case "drop" -> names.remove(argument);
            default -> {
                // it only looks
            }
        }
        return Uni.createFrom().item(Output.of(String.join("\n", names)));
    }

    /** What marks changes: mkdir(1), rmdir(1) and stat(1). */
    private Output marked(List<String> command) {
        String path = command.get(command.size() - 1);
        switch (command.get(0)) {
            case "stat" -> {
                return marks.contains(path) ? Output.of("") : Output.failed(1, "No such file or directory");
            }
            case "rmdir" -> {
                return marks.remove(path) ? Output.of("") : Output.failed(1, "No such file or directory");
            }
            default -> {
                return unmarkable ? Output.failed(1, "Read-only file system") : made(path, command.contains("-p"));
            }
        }
    }

    private Output made(String path, boolean parents) {
        String folder = path.substring(0, path.lastIndexOf('/'));
        if (parents) {
            if (!folder.equals("/run")) {
                made(folder, true);
            }
            marks.add(path);
            return Output.of("");
        }
        boolean inFolder = marks.contains(folder);
        return inFolder && marks.add(path) ? Output.of("") : Output.failed(1, "cannot create directory");
    }

    public List<String> commands() {
        synchronized (executed) {
            return executed.stream().map(argv -> String.join(" ", argv)).toList();
        }
    }
}
