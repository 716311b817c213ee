package io.infrabridge.runtime.execution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.infrabridge.contract.Category;
import io.infrabridge.contract.Failure;
import io.infrabridge.contract.Risk;
import io.infrabridge.contract.Selector;
import io.infrabridge.contract.State;
import io.infrabridge.contract.StepReport;
import io.infrabridge.contract.TargetKind;
import io.infrabridge.runtime.execution.StepRecord.Stage;
import io.infrabridge.runtime.operation.OperationSpec;
import io.infrabridge.runtime.operation.Output;
import io.infrabridge.runtime.operation.Plan;
import io.infrabridge.runtime.operation.Probed;
import io.infrabridge.runtime.operation.Run;
import io.infrabridge.runtime.operation.Tool;
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
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** What a host shows of a change while it runs, and what becomes of that when the change ends. */
class RunningMarkTest {
    private static final String MARK = "/run/infrabridge/running/o1";
    private static final List<String> MADE = List.of("mkdir", "-p", "--", MARK);
    private static final List<String> REMOVED = List.of("rmdir", "--", MARK);
    private static final Instant DIED = Instant.parse("2026-01-01T00:00:00Z");

    private final FakeHost host = new FakeHost();
    private final Cancellation cancellation = new Cancellation();
    private final AtomicBoolean held = new AtomicBoolean(true);
    private final List<Boolean> markedAtStep = new ArrayList<>();
    private Optional<PlanCheck> check = Optional.empty();
    private Optional<StepRecord> earlier = Optional.empty();

    @Test
    void isThereFromBeforeTheFirstStepUntilTheEnd() {
        adding("a", Output.of(""));

        Ended ended = run(true, "a");

        assertThat(ended.state()).isEqualTo(State.SUCCEEDED);
        assertThat(commands(ended))
                .containsExactly(List.of("look"), MADE, List.of("add", "a"), List.of("look"), REMOVED);
        assertThat(ended.steps().get(1).sudo()).contains("only root writes to /run");
        assertThat(ended.steps()).filteredOn(StepReport::undone).isEmpty();
        assertThat(markedAtStep).containsExactly(true);
        assertThat(host.marks).doesNotContain(MARK);
    }

    @Test
    void comesBeforeTheMarkOfWhatIsNeverRepeated() {
        Ended ended = run(false, "a");

        assertThat(ended.state()).isEqualTo(State.SUCCEEDED);
        assertThat(commands(ended))
                .containsExactly(
                        List.of("look"),
                        MADE,
                        List.of("mkdir", "--", "/run/infrabridge/o1"),
                        List.of("add", "a"),
                        List.of("look"),
                        REMOVED);
        assertThat(host.marks).contains("/run/infrabridge/o1").doesNotContain(MARK);
    }

    @Test
    void staysUntilEverythingIsTakenBack() {
        adding("a", Output.of(""));
        host.answering("drop a", () -> {
            markedAtStep.add(host.marks.contains(MARK));
            host.names.remove("a");
            return Uni.createFrom().item(Output.of(""));
        });
        host.answering("add b", () -> Uni.createFrom().item(Output.failed(9, "disk full")));

        Ended ended = run(true, "a", "b");

        assertThat(ended.state()).isEqualTo(State.ROLLED_BACK);
        assertThat(markedAtStep).containsExactly(true, true);
        assertThat(host.marks).doesNotContain(MARK);
    }

    @Test
    void isRemovedThoughTheChangeIsCancelled() {
        host.answering("add a", () -> {
            cancellation.request();
            return Uni.createFrom().item(Output.of(""));
        });
        assertThat(run(true, "a", "b").state()).isEqualTo(State.CANCELLED);
        assertThat(host.marks).isNotEmpty().doesNotContain(MARK);
    }

    @Test
    void isNotMadeWhereNothingBegins() {
        check = Optional.of(plan -> {
            assertThat(plan).extracting(StepReport::command).containsExactly(MADE, List.of("add", "a"));
            assertThat(plan.get(0).undo()).containsExactly(REMOVED);
            return Optional.of(
                    new PlanCheck.Objection(State.REJECTED, Failure.of(Category.FORBIDDEN, "Not now.", "Wait.")));
        });
        assertThat(run(true, "a").state()).isEqualTo(State.REJECTED);
        check = Optional.empty();
        host.answering("look", () -> {
            cancellation.request();
            return Uni.createFrom().item(Output.of(""));
        });
        Ended cancelled = run(true, "a");

        assertThat(cancelled.state()).isEqualTo(State.CANCELLED);
        assertThat(commands(cancelled)).containsExactly(List.of("look"));
        assertThat(host.marks).isEmpty();
    }

    @Test
    void isMissedByNoChangeThatCanBeRepeated() {
        host.unmarkable = true;

        Ended ended = run(true, "a");

        assertThat(ended.state()).isEqualTo(State.SUCCEEDED);
        assertThat(commands(ended)).contains(MADE).doesNotContain(REMOVED);
        assertThat(ended.steps().get(1).exitCode()).contains(1);
    }

    @Test
    void isMissedByNoChangeWhoseHostDoesNotPermitItYet() {
        for (Category category : List.of(Category.PRIVILEGE_REQUIRED, Category.PROGRAM_NOT_ALLOWED)) {
            host.marks.clear();
            host.answering(
                    String.join(" ", MADE),
                    () -> Uni.createFrom()
                            .failure(ExecutionFailure.before(category, "It is not permitted.", "Permit it.")));

            Ended ended = run(false, "a");

            assertThat(ended.state()).isEqualTo(State.SUCCEEDED);
            assertThat(commands(ended)).contains(MADE).doesNotContain(REMOVED);
            assertThat(host.marks).containsExactlyInAnyOrder("/run/infrabridge", "/run/infrabridge/o1");
        }
    }

    @Test
    void isRemovedWhereItIsNotKnownWhetherItWasMade() {
        host.answering(String.join(" ", MADE), () -> {
            host.marks.add(MARK);
            return Uni.createFrom().failure(lost());
        });

        assertThat(run(true, "a").state()).isEqualTo(State.SUCCEEDED);
        assertThat(host.marks).doesNotContain(MARK);
    }

    @Test
    void changesNoOutcomeByStayingWhereItIs() {
        host.answering(String.join(" ", REMOVED), () -> Uni.createFrom().item(Output.failed(1, "No such file")));
        Ended gone = run(true, "a");
        host.answering(String.join(" ", REMOVED), () -> Uni.createFrom().failure(lost()));
        Ended lost = run(true, "b");

        assertThat(gone.state()).isEqualTo(State.SUCCEEDED);
        assertThat(lost.state()).isEqualTo(State.SUCCEEDED);
        assertThat(last(gone).exitCode()).contains(1);
        assertThat(last(lost).command()).isEqualTo(REMOVED);
        assertThat(last(lost).exitCode()).isEmpty();
    }

    @Test
    void isLeftToWhoeverTakesTheChangeOver() {
        host.answering("add a", () -> {
            held.set(false);
            return Uni.createFrom().item(Output.of(""));
        });

        assertThatThrownBy(() -> run(true, "a", "b")).isInstanceOf(Fenced.class);
        assertThat(host.marks).contains(MARK);
    }

    @Test
    void isRemovedByWhoeverEndsTheChange() {
        host.marks.add(MARK);
        earlier = Optional.of(new StepRecord(
                List.of(new Stage(Probed.of(Output.of("")), 1)), "Add a", DIED, DIED.plusSeconds(6), Optional.empty()));

        Ended completed = run(true, "a");

        assertThat(completed.state()).isEqualTo(State.SUCCEEDED);
        assertThat(last(completed).command()).isEqualTo(REMOVED);
        assertThat(host.marks).doesNotContain(MARK);

        host.marks.add(MARK);
        Ended unknown = run(false, "a");

        assertThat(unknown.state()).isEqualTo(State.INDETERMINATE);
        assertThat(commands(unknown)).containsExactly(REMOVED);
        assertThat(host.marks).doesNotContain(MARK);
    }

    @Test
    void staysWhereItsHostIsAway() {
        host.marks.add(MARK);
        earlier = Optional.of(new StepRecord(List.of(), "Add a", DIED, DIED.plusSeconds(6), Optional.empty()));
        host.unreachable();

        Ended unknown = run(false, "a");

        assertThat(unknown.state()).isEqualTo(State.INDETERMINATE);
        assertThat(unknown.failure().orElseThrow().category()).isEqualTo(Category.INTERRUPTED);
        assertThat(host.marks).contains(MARK);
    }

    @Test
    void isRemovedWhereItsWorkerDiedBeforeTheFirstStep() {
        host.marks.addAll(List.of(MARK, "/run/infrabridge", "/run/infrabridge/o1"));

        assertThat(run(false, "a").state()).isEqualTo(State.INDETERMINATE);
        assertThat(host.marks)
                .containsExactlyInAnyOrder("/run/infrabridge", "/run/infrabridge/running", "/run/infrabridge/o1");
    }

    @Test
    void hasTheRightsOfTheChange() {
        assertThat(RunningMark.of("o1", false).step().sudo()).isEmpty();
        assertThat(RunningMark.of("o1", true).step().sudo()).isPresent();
        Plan unprivileged = Plan.of(Run.of("Add", "add", "a"));
        assertThat(Marks.of(new AddNames(true).spec(), "o1", unprivileged)
                        .before(unprivileged)
                        .steps())
                .hasSize(2)
                .allMatch(step -> step.sudo().isEmpty());
    }

    @Test
    void isNotMadeByWhatOnlyLooks() {
        OperationSpec<?, ?> read = OperationSpec.read(
                new Tool("fake_names", "Names on a fake host", TargetKind.HOST),
                "List names",
                AddNames.Input.class,
                AddNames.Names.class,
                Selector.of("action", "list"));
        Plan plan = Plan.of(Run.of("Look", "look"));
        assertThat(read.risk()).isEqualTo(Risk.READ);
        assertThat(Marks.of(read, "o1", plan).before(plan)).isEqualTo(plan);
    }

    /** Also notes whether the mark was there. */
    private void adding(String name, Output answer) {
        host.answering("add " + name, () -> {
            markedAtStep.add(host.marks.contains(MARK));
            host.names.add(name);
            return Uni.createFrom().item(answer);
        });
    }

    private static ExecutionFailure lost() {
        return new ExecutionFailure(Failure.of(Category.CONNECTION_LOST, "The connection was cut.", "Look."), false);
    }

    private static List<List<String>> commands(Ended ended) {
        return ended.steps().stream().map(StepReport::command).toList();
    }

    private static StepReport last(Ended ended) {
        return ended.steps().get(ended.steps().size() - 1);
    }

    private Ended run(boolean converges, String... names) {
        OperationRunner runner = new OperationRunner(
                List.of(host), OpenTelemetry.noop().getTracer("test"), Clock.systemUTC(), List.of());
        AddNames.Input input =
                new AddNames.Input(Arrays.stream(names).map(PackageName::new).toList());
        Running running = new Running(
                false,
                Instant.now().plusSeconds(60),
                cancellation,
                held::get,
                check,
                (done, of, description) -> {},
                new Continuity("o1", earlier, record -> Uni.createFrom().voidItem()),
                Context.root());
        return runner.run(new AddNames(converges), input, "fake", running)
                .await()
                .atMost(Duration.ofSeconds(20));
    }
}
