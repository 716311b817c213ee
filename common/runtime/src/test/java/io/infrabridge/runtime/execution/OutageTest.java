package io.infrabridge.runtime.execution;

import static org.assertj.core.api.Assertions.assertThat;

import io.infrabridge.contract.Category;
import io.infrabridge.contract.Risk;
import io.infrabridge.contract.Selector;
import io.infrabridge.contract.State;
import io.infrabridge.contract.TargetKind;
import io.infrabridge.runtime.execution.StepRecord.Stage;
import io.infrabridge.runtime.operation.HostFacts;
import io.infrabridge.runtime.operation.HostOperation;
import io.infrabridge.runtime.operation.OperationSpec;
import io.infrabridge.runtime.operation.Output;
import io.infrabridge.runtime.operation.Outputs;
import io.infrabridge.runtime.operation.Plan;
import io.infrabridge.runtime.operation.Probed;
import io.infrabridge.runtime.operation.Run;
import io.infrabridge.runtime.operation.Tool;
import io.infrabridge.runtime.operation.Undo;
import io.infrabridge.runtime.operation.WaitFor;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.context.Context;
import io.smallrye.mutiny.Uni;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A change in whose midst the host goes away and comes back, as a reboot. */
class OutageTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Instant DIED = Instant.parse("2026-01-01T00:00:00Z");

    private final FakeHost host = new FakeHost();
    private final Deque<Uni<Output>> looks = new ArrayDeque<>();
    private final Cancellation cancellation = new Cancellation();
    private Optional<StepRecord> earlier = Optional.empty();
    private Duration limit = Duration.ofSeconds(10);

    OutageTest() {
        host.answering("look", () -> looks.size() > 1 ? looks.removeFirst() : looks.getFirst());
    }

    @Test
    void waitsForAHostThatCannotBeAskedMeanwhile() {
        looks.addAll(List.of(booted("first"), away(), booted("first"), away(), away(), booted("second")));

        assertThat(run().state()).isEqualTo(State.SUCCEEDED);
    }

    @Test
    void saysThatItDidNotComeBackInTime() {
        limit = Duration.ofMillis(30);
        looks.addAll(List.of(booted("first"), away()));

        Ended ended = run();

        assertThat(ended.state()).isEqualTo(State.FAILED);
        assertThat(ended.failure().orElseThrow().category()).isEqualTo(Category.HOST_UNREACHABLE);
        assertThat(ended.changed()).isTrue();
    }

    @Test
    void stopsWaitingWhenItIsCancelled() {
        looks.addAll(List.of(booted("first"), away()));
        host.answering("add reboot", () -> {
            cancellation.request();
            return Uni.createFrom().item(Output.of(""));
        });

        assertThat(run().state()).isEqualTo(State.CANCELLED);
    }

    @Test
    void seesFromTheHostThatItHappenedThoughItsWorkerDied() {
        looks.add(booted("second"));
        earlier = Optional.of(begun(Probed.of(Output.of("first"))));

        Ended ended = run();

        assertThat(ended.state()).isEqualTo(State.SUCCEEDED);
        assertThat(ended.changed()).isTrue();
        assertThat(host.commands()).containsExactly("look");
    }

    @Test
    void admitsThatTheHostDoesNotShowIt() {
        looks.add(booted("first"));
        earlier = Optional.of(begun(Probed.of(Output.of("first"))));

        assertThat(run().state()).isEqualTo(State.INDETERMINATE);
        assertThat(host.commands()).containsExactly("look");
    }

    @Test
    void cannotCompareWithWhatWasNotWrittenDown() {
        looks.add(booted("second"));
        earlier = Optional.of(begun(Probed.of(Output.of("first"))).withoutStages());

        assertThat(run().state()).isEqualTo(State.INDETERMINATE);
    }

    @Test
    void takesBackByWaitingWhateverTheDeadlineSays() {
        looks.addAll(List.of(booted("first"), away(), booted("second"), away(), booted("first")));
        host.answering("add reboot", () -> Uni.createFrom().item(Output.failed(1, "no")));

        Ended ended = run(new Reboot(limit, Optional.of(true)), Instant.now().plusMillis(300));

        assertThat(ended.state()).isEqualTo(State.ROLLED_BACK);
        assertThat(host.commands())
                .containsExactly("look", "add reboot", "look", "look", "look", "look", "look", "look");
    }

    @Test
    void looksFirstWhereTheHostDoesNotTakeItBackByItself() {
        looks.add(booted("first"));
        host.answering("add reboot", () -> Uni.createFrom().item(Output.failed(1, "no")));

        Ended ended = run(new Reboot(limit, Optional.of(false)), Instant.now().plusSeconds(60));

        assertThat(ended.state()).isEqualTo(State.ROLLED_BACK);
        assertThat(host.commands()).containsExactly("look", "add reboot", "look", "look");
    }

    private static Uni<Output> booted(String id) {
        return Uni.createFrom().item(Output.of(id));
    }

    private static Uni<Output> away() {
        return Uni.createFrom()
                .failure(() -> ExecutionFailure.before(Category.HOST_UNREACHABLE, "No route to it.", "Start it."));
    }

    private static StepRecord begun(Probed before) {
        return new StepRecord(List.of(new Stage(before, 1)), "Reboot", DIED, DIED.plusSeconds(6), Optional.empty());
    }

    private Ended run() {
        return run(new Reboot(limit, Optional.empty()), Instant.now().plusSeconds(60));
    }

    private Ended run(Reboot operation, Instant deadline) {
        OperationRunner runner = new OperationRunner(
                List.of(host), OpenTelemetry.noop().getTracer("test"), Clock.systemUTC(), List.of());
        Running running = new Running(
                false,
                deadline,
                cancellation,
                () -> true,
                Optional.empty(),
                (done, of, description) -> {},
                new Continuity("o1", earlier, record -> Uni.createFrom().voidItem()),
                Context.root());
        return runner.run(operation, new Reboot.Input(), "fake", running)
                .await()
                .atMost(PATIENCE);
    }

    /**
     * Looks at a boot's name, reboots and waits for another name.
     *
     * @param undone whether its undo waits through outages; absent where it has none
     */
    private record Reboot(Duration limit, Optional<Boolean> undone)
            implements HostOperation<Reboot.Input, Reboot.Booted> {
        record Input() {}

        record Booted(String id) {}

        private static final Run LOOK = Run.of("Which boot it is", "look");

        @Override
        public OperationSpec<Input, Booted> spec() {
            return OperationSpec.read(
                            new Tool("fake_reboot", "Reboots of a fake host", TargetKind.HOST),
                            "Reboot",
                            Input.class,
                            Booted.class,
                            Selector.of("action", "reboot"))
                    .running("look", "add")
                    .risking(Risk.CHANGE)
                    .neverRepeated();
        }

        @Override
        public Plan probe(Input in, HostFacts facts) {
            return Plan.of(LOOK);
        }

        @Override
        public Plan plan(Input in, HostFacts facts, Probed before) {
            String id = before.get(0).text();
            Run reboot = Run.of("Reboot", "add", "reboot");
            WaitFor back = waiting(output -> output.text().equals(id));
            return Plan.of(
                    undone.map(patient -> reboot.undoneBy(Undo.by(patient ? back.throughOutages() : back)))
                            .orElse(reboot),
                    waiting(output -> !output.text().equals(id)).throughOutages());
        }

        private WaitFor waiting(java.util.function.Predicate<Output> until) {
            return new WaitFor("Wait for the boot", LOOK, until, Duration.ofMillis(1), limit);
        }

        @Override
        public Optional<Evidence> evidence() {
            return Optional.of(
                    (before, now) -> !before.get(0).text().equals(now.get(0).text()));
        }

        @Override
        public Booted parse(Input in, Outputs out) {
            return new Booted(out.after().get(0).text());
        }
    }
}
