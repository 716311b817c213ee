package io.infrabridge.runtime.execution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.infrabridge.contract.Category;
import io.infrabridge.contract.Failure;
import io.infrabridge.contract.State;
import io.infrabridge.contract.StepReport;
import io.infrabridge.runtime.execution.StepRecord.Retreat;
import io.infrabridge.runtime.execution.StepRecord.Stage;
import io.infrabridge.runtime.operation.Output;
import io.infrabridge.runtime.operation.Probed;
import io.infrabridge.runtime.value.PackageName;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.context.Context;
import io.smallrye.mutiny.Uni;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** What becomes of a change whose worker died: the host is as that worker left it, and the ledger says how far it came. */
class ResumedRunTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Instant DIED = Instant.parse("2026-01-01T00:00:00Z");
    private static final Probed EMPTY = Probed.of(Output.of(""));
    private static final Failure FULL = Failure.of(Category.COMMAND_FAILED, "disk full", "");

    private final FakeHost host = new FakeHost();
    private final List<StepRecord> records = new ArrayList<>();
    private final Cancellation cancellation = new Cancellation();
    private Instant deadline = Instant.now().plusSeconds(60);
    private Optional<PlanCheck> check = Optional.empty();
    private List<Duration> pauses = List.of();

    @Test
    void doesWhatIsStillMissing() {
        host.names.add("a");

        Ended ended = resume(begun(EMPTY, 2), "a", "b", "c");

        assertThat(ended.state()).isEqualTo(State.SUCCEEDED);
        assertThat(ended.changed()).isTrue();
        assertThat(host.commands()).containsExactly("look", "add b", "add c", "look");
    }

    @Test
    void writesDownWhatBothWorkersBegan() {
        host.names.add("a");
        resume(begun(EMPTY, 2), "a", "b", "c");

        assertThat(records).extracting(StepRecord::step).containsExactly("Add b", "Add c");
        assertThat(records.get(1).stages())
                .containsExactly(new Stage(EMPTY, 2), new Stage(Probed.of(Output.of("a")), 2));
        assertThat(records.get(1).until()).isAfter(records.get(1).at().plusSeconds(6));
        assertThat(records.get(1).retreat()).isEmpty();
    }

    @Test
    void saysThatItIsInPlaceAlready() {
        host.names.addAll(List.of("a", "b"));

        Ended ended = resume(begun(EMPTY, 2), "a", "b");

        assertThat(ended.state()).isEqualTo(State.SUCCEEDED);
        assertThat(ended.changed()).isTrue();
        assertThat(ended.output()).contains(new AddNames.Names(List.of("a", "b")));
        assertThat(host.commands()).containsExactly("look");
    }

    @Test
    void takesBackWhatTheEarlierWorkerDidToo() {
        host.names.addAll(List.of("a", "b"));
        host.answering("add c", () -> Uni.createFrom().item(Output.failed(9, "disk full")));

        Ended ended = resume(begun(EMPTY, 2), "a", "b", "c");

        assertThat(ended.state()).isEqualTo(State.ROLLED_BACK);
        assertThat(host.names).isEmpty();
        assertThat(host.commands()).containsExactly("look", "add c", "look", "drop c", "drop b", "drop a");
        assertThat(records.get(1).retreat().orElseThrow().undone()).isZero();
        assertThat(records.get(3).retreat().orElseThrow().undone()).isEqualTo(2);
    }

    @Test
    void takesAStepThatBothStartedBackOnce() {
        host.names.add("a");
        host.answering("add c", () -> Uni.createFrom().item(Output.failed(9, "disk full")));

        resume(begun(EMPTY, 2), "a", "b", "c");

        assertThat(host.commands()).containsExactly("look", "add b", "add c", "look", "drop c", "drop b", "drop a");
    }

    @Test
    void leavesWhatWasThereBeforeTheFirstWorker() {
        host.names.addAll(List.of("a", "b"));
        host.answering("add c", () -> Uni.createFrom().item(Output.failed(9, "disk full")));

        resume(begun(Probed.of(Output.of("a")), 1), "a", "b", "c");

        assertThat(host.names).containsExactly("a");
    }

    @Test
    void goesOnTakingBackWhereTheEarlierWorkerWasStopped() {
        host.names.add("a");

        Ended ended = resume(back(EMPTY, 3, 2), "a", "b", "c");

        assertThat(ended.state()).isEqualTo(State.ROLLED_BACK);
        assertThat(ended.failure()).contains(FULL);
        assertThat(host.commands()).containsExactly("look", "drop a");
        assertThat(records).singleElement().satisfies(record -> {
            assertThat(record.stages()).containsExactly(new Stage(EMPTY, 3));
            assertThat(record.retreat()).contains(new Retreat(State.FAILED, FULL, 2));
        });
    }

    @Test
    void takesNothingBackThatIsBackAlready() {
        Ended ended = resume(back(EMPTY, 1, 0), "a");

        assertThat(ended.state()).isEqualTo(State.ROLLED_BACK);
        assertThat(host.commands()).containsExactly("look");
    }

    @Test
    void needsAPersonWhereTakingBackFails() {
        host.names.add("a");
        host.answering("drop a", () -> Uni.createFrom().item(Output.failed(1, "busy")));

        assertThat(resume(back(EMPTY, 1, 0), "a").state()).isEqualTo(State.ROLLBACK_FAILED);
    }

    @Test
    void endsAsCancelledOrTimedOutWithNothingLeftBehind() {
        host.names.add("a");
        deadline = Instant.now().minusSeconds(1);
        assertThat(resume(begun(EMPTY, 2), "a", "b").state()).isEqualTo(State.TIMED_OUT);
        assertThat(host.names).isEmpty();

        host.names.add("a");
        cancellation.request();
        assertThat(resume(begun(EMPTY, 2), "a", "b").state()).isEqualTo(State.CANCELLED);
        assertThat(host.names).isEmpty();
    }

    @Test
    void takesBackWhatThePolicyNoLongerAllows() {
        host.names.add("a");
        check = Optional.of(plan -> Optional.of(new PlanCheck.Objection(
                State.INDETERMINATE, Failure.of(Category.FORBIDDEN, "A freeze has begun.", ""))));

        Ended ended = resume(begun(EMPTY, 2), "a", "b");

        assertThat(ended.state()).isEqualTo(State.ROLLED_BACK);
        assertThat(ended.failure().orElseThrow().category()).isEqualTo(Category.FORBIDDEN);
        assertThat(host.names).isEmpty();
    }

    @Test
    void takesBackWhatTheTargetNoLongerAllows() {
        host.names.addAll(List.of("a", "locked"));

        Ended ended = resume(begun(EMPTY, 2), "a", "b");

        assertThat(ended.state()).isEqualTo(State.ROLLED_BACK);
        assertThat(host.names).containsExactly("locked");
    }

    @Test
    void needsAPersonWhereNobodyUnderstandsWhatIsTakenBack() {
        host.answering("look", () -> Uni.createFrom().item(Output.of("garbled")));

        assertThat(resume(back(EMPTY, 1, 0), "a").state()).isEqualTo(State.ROLLBACK_FAILED);
    }

    @Test
    void takesBackWhatMayNoLongerBeRun() {
        host.names.add("a");
        host.refused.add("add");

        Ended ended = resume(begun(EMPTY, 2), "a", "b");

        assertThat(ended.state()).isEqualTo(State.ROLLED_BACK);
        assertThat(ended.failure().orElseThrow().category()).isEqualTo(Category.PROGRAM_NOT_ALLOWED);
    }

    @Test
    void goesOnThoughItIsNotKnownWhatWasThereBefore() {
        assertThat(resume(begun(EMPTY, 1).withoutStages(), "a").state()).isEqualTo(State.SUCCEEDED);
        assertThat(records.get(0).stages()).isEmpty();
    }

    @Test
    void cannotTellWhatToTakeBackWhereItIsNotKnownWhatWasThereBefore() {
        host.answering("add b", () -> Uni.createFrom().item(Output.failed(9, "disk full")));

        Ended ended = resume(begun(EMPTY, 1).withoutStages(), "a", "b");

        assertThat(ended.state()).isEqualTo(State.INDETERMINATE);
        assertThat(ended.failure().orElseThrow().message())
                .contains("disk full")
                .contains("not known");
        assertThat(host.names).isEmpty();
    }

    @Test
    void cannotTellWhatToTakeBackThoughItStartsNothingItself() {
        deadline = Instant.now().minusSeconds(1);

        assertThat(resume(begun(EMPTY, 1).withoutStages(), "a").state()).isEqualTo(State.INDETERMINATE);
        assertThat(host.commands()).doesNotContain("add a");
    }

    @Test
    void doesNotTrustStepsThatItWouldNotPlanItself() {
        host.answering("add a", () -> Uni.createFrom().item(Output.failed(9, "disk full")));

        assertThat(resume(begun(EMPTY, 5), "a").state()).isEqualTo(State.INDETERMINATE);
    }

    @Test
    void looksAgainAndAgainUntilTheHostAnswers() {
        pauses = List.of(Duration.ofMillis(1), Duration.ofMillis(1), Duration.ofMillis(1));
        AtomicInteger looks = new AtomicInteger();
        host.answering(
                "look",
                () -> looks.incrementAndGet() < 3
                        ? Uni.createFrom().failure(ExecutionFailure.before(Category.CONNECTION_LOST, "It was cut.", ""))
                        : Uni.createFrom().item(Output.of("a")));

        assertThat(resume(begun(EMPTY, 1), "a").state()).isEqualTo(State.SUCCEEDED);
        assertThat(looks).hasValue(3);
    }

    @Test
    void givesUpOnAHostThatNeverAnswersAndSaysWhatIsKnown() {
        pauses = List.of(Duration.ofMillis(1));
        host.unreachable();

        Ended ended = resume(begun(EMPTY, 1), "a");

        assertThat(ended.state()).isEqualTo(State.INDETERMINATE);
        assertThat(ended.changed()).isTrue();
        assertThat(ended.failure().orElseThrow()).satisfies(failure -> {
            assertThat(failure.category()).isEqualTo(Category.HOST_UNREACHABLE);
            assertThat(failure.message()).contains("Add it").contains(DIED.toString());
        });
    }

    @Test
    void touchesNothingThatMustNotBeRepeated() {
        StepRecord earlier =
                new StepRecord(List.of(new Stage(EMPTY, 1)), "Add it", DIED, DIED.plusSeconds(1), Optional.empty());
        Ended ended = run(false, earlier, "a");

        assertThat(ended.state()).isEqualTo(State.INDETERMINATE);
        assertThat(ended.failure().orElseThrow()).satisfies(failure -> {
            assertThat(failure.category()).isEqualTo(Category.INTERRUPTED);
            assertThat(failure.message()).contains("Add it").contains(DIED.toString());
        });
        assertThat(host.commands()).isEmpty();
    }

    @Test
    void tellsOfWhatTheEarlierWorkerRanBeforeItOnlyLooked() {
        Ended ended = run(false, begun(EMPTY, 2), "a", "b");

        assertThat(ended.state()).isEqualTo(State.SUCCEEDED);
        assertThat(ended.steps().subList(0, 2))
                .extracting(StepReport::command, StepReport::exitCode)
                .containsExactly(
                        tuple(List.of("add", "a"), Optional.empty()), tuple(List.of("add", "b"), Optional.of(0)));
        assertThat(host.commands()).startsWith("add b");
    }

    @Test
    void tellsThatItTookThatBack() {
        host.names.add("a");
        deadline = Instant.now().minusSeconds(1);

        Ended ended = run(false, begun(EMPTY, 2), "a", "b");

        assertThat(ended.state()).isEqualTo(State.TIMED_OUT);
        assertThat(ended.changed()).isFalse();
        assertThat(host.names).isEmpty();
        assertThat(ended.steps()).first().satisfies(step -> {
            assertThat(step.command()).containsExactly("add", "a");
            assertThat(step.undone()).isTrue();
        });
    }

    @Test
    void endsWhereTheHostSaysWhatNobodyUnderstands() {
        host.answering("look", () -> Uni.createFrom().item(Output.of("garbled")));

        Ended ended = resume(begun(EMPTY, 1), "a");

        assertThat(ended.failure().orElseThrow().category()).isEqualTo(Category.UNEXPECTED_OUTPUT);
        assertThat(ended.state()).isEqualTo(State.INDETERMINATE);
    }

    private static StepRecord begun(Probed before, int started) {
        return new StepRecord(List.of(new Stage(before, started)), "Add it", DIED, DIED, Optional.empty());
    }

    private static StepRecord back(Probed before, int started, int undone) {
        return new StepRecord(
                List.of(new Stage(before, started)),
                "Drop it",
                DIED,
                DIED,
                Optional.of(new Retreat(State.FAILED, FULL, undone)));
    }

    private Ended resume(StepRecord earlier, String... names) {
        return run(true, earlier, names);
    }

    private Ended run(boolean converges, StepRecord earlier, String... names) {
        OperationRunner runner =
                new OperationRunner(List.of(host), OpenTelemetry.noop().getTracer("test"), Clock.systemUTC(), pauses);
        AddNames.Input input =
                new AddNames.Input(Arrays.stream(names).map(PackageName::new).toList());
        Continuity continuity = new Continuity("o1", Optional.of(earlier), record -> {
            records.add(record);
            return Uni.createFrom().voidItem();
        });
        Running running = new Running(
                false,
                deadline,
                cancellation,
                () -> true,
                check,
                (done, of, description) -> {},
                continuity,
                Context.root());
        return runner.run(new AddNames(converges), input, "fake", running)
                .await()
                .atMost(PATIENCE);
    }
}
