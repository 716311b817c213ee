package io.infrabridge.runtime.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.infrabridge.contract.Category;
import io.infrabridge.contract.Command;
import io.infrabridge.contract.Json;
import io.infrabridge.contract.Operation;
import io.infrabridge.contract.State;
import io.infrabridge.contract.TargetKind;
import io.infrabridge.contract.Topics;
import io.infrabridge.runtime.execution.FakeHost;
import io.infrabridge.runtime.execution.Target;
import io.infrabridge.runtime.execution.Targets;
import io.smallrye.mutiny.Uni;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One target that answers nothing, and more operations on it than the worker takes for all targets together. */
class HangingTargetTest {
    private static final String HANGS = "t0";
    private static final List<String> OTHERS =
            IntStream.range(1, Bench.TARGETS).mapToObj(number -> "t" + number).toList();

    private @TempDir Path folder;
    private final OneHangs targets = new OneHangs();
    private Bench bench;
    private int bound;

    @BeforeEach
    void start() throws Exception {
        bench = new Bench(folder, Optional.of(targets));
        bound = new BenchConfiguration(folder, bench.domain, "any", Bench.PATIENCE).inFlight();
    }

    @AfterEach
    void stop() throws InterruptedException {
        targets.answer.complete(null);
        bench.close();
    }

    @Test
    void delaysNoReadOfAnotherTarget() {
        List<Command> hanging = send(bound * 3, true);

        assertThat(bench.results(onOthers())).extracting(Operation::state).containsOnly(State.SUCCEEDED);
        assertEarlyRefusals(hanging);
    }

    @Test
    void delaysNoOtherTargetByChanges() {
        List<Command> hanging = send(bound * 3, false);

        assertThat(bench.results(onOthers())).extracting(Operation::state).containsOnly(State.SUCCEEDED);
        assertEarlyRefusals(hanging);
    }

    /** What was taken waits for the target, and ends with it; what was too much was told so at once. */
    private void assertEarlyRefusals(List<Command> hanging) {
        Set<String> refused =
                bench.records(Topics.RESULTS, record -> isOneOf(hanging, record.key()), hanging.size() - bound).stream()
                        .map(record -> Json.read(record.value(), Operation.class))
                        .peek(result -> {
                            assertThat(result.state()).isEqualTo(State.REJECTED);
                            assertThat(result.error().orElseThrow().category()).isEqualTo(Category.OVERLOADED);
                            assertThat(result.error().orElseThrow().hint()).isNotBlank();
                        })
                        .map(Operation::id)
                        .collect(Collectors.toSet());
        targets.answer.complete(null);

        List<Operation> all = bench.results(hanging);
        assertThat(all).filteredOn(result -> !refused.contains(result.id())).isNotEmpty();
        assertThat(all)
                .filteredOn(result -> result.error().isEmpty())
                .extracting(Operation::state)
                .isNotEmpty()
                .containsOnly(State.SUCCEEDED);
    }

    private static boolean isOneOf(List<Command> commands, String id) {
        return commands.stream().anyMatch(command -> command.id().equals(id));
    }

    private List<Command> send(int count, boolean dryRun) {
        List<Command> commands = IntStream.range(0, count)
                .mapToObj(number -> bench.on(HANGS, command(dryRun)))
                .toList();
        commands.forEach(bench::sendToTarget);
        return commands;
    }

    private List<Command> onOthers() {
        List<Command> commands =
                OTHERS.stream().map(target -> bench.on(target, command(true))).toList();
        commands.forEach(bench::sendToTarget);
        return commands;
    }

    private Command command(boolean dryRun) {
        return bench.command("add", Set.of("operator"), dryRun, Instant.now().plusSeconds(120), "nginx");
    }

    private static final class OneHangs implements Targets {
        private final FakeHost host = new FakeHost();
        private final CompletableFuture<Void> answer = new CompletableFuture<>();

        @Override
        public TargetKind kind() {
            return TargetKind.HOST;
        }

        @Override
        public Uni<? extends Target<?>> reach(String name) {
            return name.equals(HANGS)
                    ? Uni.createFrom()
                            .completionStage(() -> answer.copy())
                            .chain(() -> Uni.createFrom().item((Target<?>) host))
                    : host.reach(name);
        }
    }
}
