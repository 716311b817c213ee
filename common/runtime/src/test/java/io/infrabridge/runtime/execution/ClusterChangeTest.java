package io.infrabridge.runtime.execution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.infrabridge.contract.Category;
import io.infrabridge.contract.Execution;
import io.infrabridge.contract.Failure;
import io.infrabridge.contract.Risk;
import io.infrabridge.contract.Selector;
import io.infrabridge.contract.State;
import io.infrabridge.contract.StepReport;
import io.infrabridge.contract.TargetKind;
import io.infrabridge.runtime.operation.ApiRequest;
import io.infrabridge.runtime.operation.Call;
import io.infrabridge.runtime.operation.ClusterFacts;
import io.infrabridge.runtime.operation.ClusterOperation;
import io.infrabridge.runtime.operation.OperationSpec;
import io.infrabridge.runtime.operation.Output;
import io.infrabridge.runtime.operation.Outputs;
import io.infrabridge.runtime.operation.Plan;
import io.infrabridge.runtime.operation.Probed;
import io.infrabridge.runtime.operation.Run;
import io.infrabridge.runtime.operation.Step;
import io.infrabridge.runtime.operation.Tool;
import io.infrabridge.runtime.operation.WaitFor;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.context.Context;
import io.smallrye.mutiny.Uni;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A change of a cluster that cannot be repeated and not be taken back: one request, and then to wait. */
class ClusterChangeTest {
    private static final Call RESTART = Call.of("Restart", ApiRequest.get("/restart"));
    private static final WaitFor WAIT = new WaitFor(
            "Wait until it runs",
            Call.of("Look", ApiRequest.get("/ready")),
            output -> output.text().equals("ready"),
            Duration.ofMillis(1),
            Duration.ofMillis(20));

    private final List<StepRecord> records = new ArrayList<>();
    private String answer = "ready";

    @Test
    void leavesNoMarkOnACluster() {
        Ended ended = run(false, false);

        assertThat(ended.state()).isEqualTo(State.SUCCEEDED);
        assertThat(ended.steps())
                .extracting(StepReport::command)
                .containsExactly(List.of("GET", "/restart"), List.of("GET", "/ready"));
    }

    @Test
    void saysSinceWhenNothingOfAStepCanBeAlive() {
        run(false, false);

        assertThat(records).extracting(StepRecord::step).containsExactly("Restart", "Wait until it runs");
        assertThat(Duration.between(records.get(0).at(), records.get(0).until()))
                .isEqualTo(Duration.ofSeconds(36));
        assertThat(records.get(1).until()).isEqualTo(records.get(1).at());
    }

    @Test
    void hasChangedSomethingThoughItFailedWhereNothingCanBeTakenBack() {
        answer = "starting";

        Ended ended = run(false, false);

        assertThat(ended.state()).isEqualTo(State.FAILED);
        assertThat(ended.changed()).isTrue();
        assertThat(ended.failure().orElseThrow().category()).isEqualTo(Category.TIMEOUT);
    }

    @Test
    void goesOnWaitingForWhatAnEarlierWorkerStarted() {
        Ended ended = resume(records(2).get(1));

        assertThat(ended.state()).isEqualTo(State.SUCCEEDED);
        assertThat(ended.changed()).isTrue();
        assertThat(ended.steps())
                .extracting(StepReport::command, step -> step.exitCode().isPresent())
                .containsExactly(tuple(List.of("GET", "/restart"), false), tuple(List.of("GET", "/ready"), true));
    }

    @Test
    void doesNotRepeatWhatAnEarlierWorkerMayHaveStarted() {
        Ended ended = resume(records(2).get(0));

        assertThat(ended.state()).isEqualTo(State.INDETERMINATE);
        assertThat(ended.steps()).isEmpty();
    }

    @Test
    void cannotGoOnWithAPlanThatItWouldNotMake() {
        StepRecord record = records(2).get(1);
        StepRecord.Stage more = new StepRecord.Stage(record.stages().get(0).before(), 9);

        assertThat(resume(new StepRecord(List.of(more), record.step(), record.at(), record.until(), record.retreat()))
                        .state())
                .isEqualTo(State.INDETERMINATE);
        assertThat(resume(record.withoutStages()).state()).isEqualTo(State.INDETERMINATE);
        StepRecord back = new StepRecord(
                record.stages(),
                record.step(),
                record.at(),
                record.until(),
                Optional.of(new StepRecord.Retreat(
                        State.FAILED, Failure.of(Category.COMMAND_FAILED, "It failed.", ""), 0)));
        assertThat(resume(back).state()).isEqualTo(State.INDETERMINATE);
    }

    @Test
    void needsRootWhereAnyStepDoes() {
        assertThat(run(true, true).execution().orElseThrow().sudoRequired()).isTrue();
        assertThat(run(true, false).execution().orElseThrow().sudoRequired()).isFalse();
    }

    /** What a worker writes down that does so many steps. */
    private List<StepRecord> records(int count) {
        run(false, false);
        List<StepRecord> written = List.copyOf(records);
        assertThat(written).hasSize(count);
        return written;
    }

    private Ended resume(StepRecord earlier) {
        return run(false, false, Optional.of(earlier));
    }

    private Ended run(boolean dryRun, boolean rootLooks) {
        return run(dryRun, rootLooks, Optional.empty());
    }

    private Ended run(boolean dryRun, boolean rootLooks, Optional<StepRecord> earlier) {
        Continuity continuity = new Continuity("o1", earlier, record -> {
            records.add(record);
            return Uni.createFrom().voidItem();
        });
        Running running = new Running(
                dryRun,
                Instant.now().plusSeconds(60),
                Cancellation.never(),
                () -> true,
                Optional.empty(),
                (done, of, description) -> {},
                continuity,
                Context.root());
        OperationRunner runner =
                new OperationRunner(List.of(new Cluster()), OpenTelemetry.noop().getTracer("test"), Clock.systemUTC());
        return runner.run(new RestartAll(rootLooks), new Nothing(), "c1", running)
                .await()
                .atMost(Duration.ofSeconds(20));
    }

    private record Nothing() {}

    private record RestartAll(boolean rootLooks) implements ClusterOperation<Nothing, Nothing> {
        @Override
        public OperationSpec<Nothing, Nothing> spec() {
            return OperationSpec.read(
                            new Tool("fake_cluster", "A fake cluster", TargetKind.KUBERNETES),
                            "Restart all",
                            Nothing.class,
                            Nothing.class,
                            Selector.of("action", "restart"))
                    .risking(Risk.CHANGE)
                    .neverRepeated();
        }

        @Override
        public Plan probe(Nothing in, ClusterFacts facts) {
            return rootLooks ? Plan.of(Run.of("Look", "look").asRoot("only root sees it")) : Plan.nothing();
        }

        @Override
        public Plan plan(Nothing in, ClusterFacts facts, Probed before) {
            return Plan.of(RESTART, WAIT);
        }

        @Override
        public Nothing parse(Nothing in, Outputs out) {
            return new Nothing();
        }
    }

    private final class Cluster implements Targets, Target<ClusterFacts> {
        @Override
        public TargetKind kind() {
            return TargetKind.KUBERNETES;
        }

        @Override
        public Uni<? extends Target<?>> reach(String name) {
            return Uni.createFrom().item(this);
        }

        @Override
        public ClusterFacts facts() {
            return new ClusterFacts("c1", "https://c1", "default");
        }

        @Override
        public Execution execution(boolean sudoRequired) {
            return new Execution(
                    Execution.Mode.LOCAL, "c1", Optional.empty(), Optional.empty(), sudoRequired, Optional.empty());
        }

        @Override
        public Uni<Output> execute(Step step, Cancellation cancellation) {
            return Uni.createFrom().item(new Output(200, answer, "", false));
        }
    }
}
