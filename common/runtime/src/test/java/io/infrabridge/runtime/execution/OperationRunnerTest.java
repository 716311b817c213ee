package io.infrabridge.runtime.execution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.infrabridge.contract.Category;
import io.infrabridge.contract.Failure;
import io.infrabridge.contract.State;
import io.infrabridge.contract.StepReport;
import io.infrabridge.contract.TargetKind;
import io.infrabridge.runtime.operation.Output;
import io.infrabridge.runtime.value.PackageName;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.context.Context;
import io.smallrye.mutiny.Uni;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class OperationRunnerTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final FakeHost host = new FakeHost();
    private final Cancellation cancellation = new Cancellation();
    private final AtomicBoolean held = new AtomicBoolean(true);
    private Instant deadline = Instant.now().plusSeconds(60);
    private boolean dryRun;

    @Test
    void doesWhatIsMissingAndSaysSo() {
        host.names.add("a");

        Ended ended = run(true, "a", "b");

        assertThat(ended.state()).isEqualTo(State.SUCCEEDED);
        assertThat(ended.changed()).isTrue();
        assertThat(ended.output()).contains(new AddNames.Names(List.of("a", "b")));
        assertThat(host.commands()).containsExactly("look", "add b", "look");
        assertThat(ended.steps())
                .extracting(StepReport::phase)
                .containsExactly(
                        StepReport.Phase.PROBE,
                        StepReport.Phase.CHANGE,
                        StepReport.Phase.CHANGE,
                        StepReport.Phase.VERIFY,
                        StepReport.Phase.UNDO);
        assertThat(ended.execution().orElseThrow().sudoRequired()).isTrue();
    }

    @Test
    void changesNothingThatIsAlreadySo() {
        host.names.add("a");

        Ended ended = run(true, "a");

        assertThat(ended.state()).isEqualTo(State.SUCCEEDED);
        assertThat(ended.changed()).isFalse();
        assertThat(host.commands()).containsExactly("look");
    }

    @Test
    void showsStepsAndTheirUndoInADryRunAndExecutesOnlyTheProbe() {
        dryRun = true;

        Ended ended = run(true, "a");

        assertThat(ended.state()).isEqualTo(State.SUCCEEDED);
        assertThat(ended.changed()).isFalse();
        assertThat(host.commands()).containsExactly("look");
        assertThat(ended.steps()).hasSize(2).element(1).satisfies(step -> {
            assertThat(step.command()).containsExactly("add", "a");
            assertThat(step.undo()).containsExactly(List.of("drop", "a"));
            assertThat(step.exitCode()).isEmpty();
            assertThat(step.sudo()).contains("names belong to root");
        });
    }

    @Test
    void undoesEveryStartedStepInReverseWhenOneFails() {
        host.answering("add c", () -> Uni.createFrom().item(Output.failed(9, "disk full")));

        Ended ended = run(true, "a", "b", "c");

        assertThat(ended.state()).isEqualTo(State.ROLLED_BACK);
        assertThat(ended.changed()).isFalse();
        assertThat(host.names).isEmpty();
        assertThat(host.commands())
                .containsExactly("look", "add a", "add b", "add c", "look", "drop c", "drop b", "drop a");
        assertThat(ended.failure().orElseThrow().message()).contains("disk full");
        assertThat(ended.steps().stream().filter(StepReport::undone)).hasSize(3);
    }

    @Test
    void admitsThatTheUndoFailed() {
        host.answering("add b", () -> Uni.createFrom().item(Output.failed(1, "no")));
        host.answering("drop a", () -> Uni.createFrom().item(Output.failed(1, "stuck")));

        Ended ended = run(true, "a", "b");

        assertThat(ended.state()).isEqualTo(State.ROLLBACK_FAILED);
        assertThat(ended.failure().orElseThrow().message()).contains("stuck");
    }

    @Test
    void failsWhenEveryStepSucceededButTheTargetIsNotAsItShouldBe() {
        host.answering("add a", () -> Uni.createFrom().item(Output.of("")));

        Ended ended = run(true, "a");

        assertThat(ended.state()).isEqualTo(State.ROLLED_BACK);
        assertThat(ended.failure().orElseThrow().category()).isEqualTo(Category.VERIFICATION_FAILED);
    }

    @Test
    void refusesWhatThePlanRefuses() {
        Ended ended = run(true, "forbidden");

        assertThat(ended.state()).isEqualTo(State.FAILED);
        assertThat(ended.failure().orElseThrow().category()).isEqualTo(Category.PRECONDITION_FAILED);
        assertThat(host.commands()).containsExactly("look");
    }

    @Test
    void rejectsArgumentsThatTheProbeRefusesBeforeItRunsAnything() {
        Ended ended = run(true, "outside");

        assertThat(ended.state()).isEqualTo(State.REJECTED);
        assertThat(ended.failure().orElseThrow().category()).isEqualTo(Category.INVALID_ARGUMENT);
        assertThat(host.commands()).isEmpty();
    }

    @Test
    void startsNothingAfterACancel() {
        cancellation.request();

        Ended ended = run(true, "a");

        assertThat(ended.state()).isEqualTo(State.CANCELLED);
        assertThat(host.commands()).isEmpty();
    }

    @Test
    void takesBackWhatWasDoneWhenItIsCancelledInBetween() {
        host.answering("add b", () -> {
            host.names.add("b");
            cancellation.request();
            return Uni.createFrom().item(Output.of(""));
        });

        Ended ended = run(true, "a", "b", "c");

        assertThat(ended.state()).isEqualTo(State.CANCELLED);
        assertThat(host.names).isEmpty();
        assertThat(host.commands()).doesNotContain("add c");
    }

    @Test
    void startsNothingAfterTheDeadline() {
        deadline = Instant.now().minusSeconds(1);

        assertThat(run(true, "a").state()).isEqualTo(State.TIMED_OUT);
        assertThat(host.commands()).isEmpty();
    }

    @Test
    void stopsWithoutAnAnswerWhenAnotherWorkerHasTakenOver() {
        host.answering("add a", () -> {
            held.set(false);
            return Uni.createFrom().item(Output.of(""));
        });

        assertThatThrownBy(() -> run(true, "a", "b")).isInstanceOf(Fenced.class);
        assertThat(host.commands()).containsExactly("look", "add a");
    }

    @Test
    void saysWhyATargetWasNotReached() {
        host.unreachable();

        Ended ended = run(true, "a");

        assertThat(ended.state()).isEqualTo(State.FAILED);
        assertThat(ended.failure().orElseThrow().category()).isEqualTo(Category.HOST_UNREACHABLE);
    }

    @Test
    void waitsForATargetUntilTheDeadlineAndNoLonger() {
        deadline = Instant.now().plusMillis(300);
        Targets silent = new Targets() {
            @Override
            public TargetKind kind() {
                return TargetKind.HOST;
            }

            @Override
            public Uni<? extends Target<?>> reach(String name) {
                return Uni.createFrom().nothing();
            }
        };

        Ended ended = run(silent, true, "a");

        assertThat(ended.state()).isEqualTo(State.TIMED_OUT);
        assertThat(ended.failure().orElseThrow().category()).isEqualTo(Category.TIMEOUT);
        assertThat(ended.failure().orElseThrow().hint()).isNotBlank();
    }

    @Test
    void saysThatAProgramIsMissing() {
        host.answering("look", () -> Uni.createFrom().item(Output.failed(Output.NOT_FOUND, "")));

        assertThat(run(true, "a").failure().orElseThrow().category()).isEqualTo(Category.PROGRAM_MISSING);
    }

    @Test
    void looksAgainAfterTheStepsDeadlineWhenTheConnectionWasLost() {
        host.answering("add a", () -> {
            host.names.add("a");
            return Uni.createFrom().failure(lost());
        });

        Ended ended = run(true, "a");

        assertThat(ended.state()).isEqualTo(State.SUCCEEDED);
        assertThat(ended.output()).contains(new AddNames.Names(List.of("a")));
    }

    @Test
    void isIndeterminateWhenTheConnectionWasLostInSomethingThatCannotBeToldFromTheTarget() {
        host.answering("add a", () -> Uni.createFrom().failure(lost()));

        Ended ended = run(false, "a");

        assertThat(ended.state()).isEqualTo(State.INDETERMINATE);
        assertThat(ended.failure().orElseThrow().category()).isEqualTo(Category.CONNECTION_LOST);
    }

    @Test
    void takesBackWhatWasNotThereAfterTheConnectionWasLost() {
        host.answering("add b", () -> Uni.createFrom().failure(lost()));

        Ended ended = run(true, "a", "b");

        assertThat(ended.state()).isEqualTo(State.ROLLED_BACK);
        assertThat(host.names).isEmpty();
    }

    @Test
    void isIndeterminateWhereTheTargetCannotBeLookedAtAfterTheConnectionWasLost() {
        host.answering("add a", () -> {
            host.answering("look", () -> Uni.createFrom().failure(lost()));
            return Uni.createFrom().failure(lost());
        });

        assertThat(run(true, "a").state()).isEqualTo(State.INDETERMINATE);
    }

    @Test
    void takesBackAStepAsOftenAsItWasStarted() {
        host.answering("add c", () -> Uni.createFrom().item(Output.failed(9, "disk full")));

        run(false, "a", "a", "c");

        assertThat(host.commands())
                .containsExactly("look", "add a", "add a", "add c", "look", "drop c", "drop a", "drop a");
    }

    @Test
    void saysThatItDoesNotUnderstandTheTarget() {
        host.answering("look", () -> Uni.createFrom().item(Output.of("garbled")));

        Ended ended = run(true, "a");

        assertThat(ended.state()).isEqualTo(State.FAILED);
        assertThat(ended.failure().orElseThrow().category()).isEqualTo(Category.UNEXPECTED_OUTPUT);
    }

    @Test
    void hasChangedNothingWhereItIsCancelledBeforeItsFirstStep() {
        host.answering("look", () -> {
            cancellation.request();
            return Uni.createFrom().item(Output.of(""));
        });

        Ended ended = run(true, "a");

        assertThat(ended.state()).isEqualTo(State.CANCELLED);
        assertThat(ended.changed()).isFalse();
        assertThat(host.names).isEmpty();
    }

    @Test
    void waitsNoLongerThanItsDeadlineForATargetThatIsNotReached() {
        Targets hanging = new Targets() {
            @Override
            public TargetKind kind() {
                return TargetKind.HOST;
            }

            @Override
            public Uni<? extends Target<?>> reach(String name) {
                return Uni.createFrom().nothing();
            }
        };
        deadline = Instant.now().minusSeconds(1);
        OperationRunner runner =
                new OperationRunner(List.of(hanging), OpenTelemetry.noop().getTracer("test"), Clock.systemUTC());

        Ended ended = runner.run(new AddNames(true), new AddNames.Input(List.of()), "fake", running())
                .await()
                .atMost(PATIENCE);

        assertThat(ended.state()).isEqualTo(State.TIMED_OUT);
        assertThat(ended.failure().orElseThrow().message()).contains("nothing was changed");
    }

    @Test
    void marksNothingWhereNothingIsToBeDone() {
        assertThat(run(false).changed()).isFalse();
        assertThat(host.marks).isEmpty();
    }

    @Test
    void cannotRunWhatHasNoKindOfTarget() {
        OperationRunner runner =
                new OperationRunner(List.of(), OpenTelemetry.noop().getTracer("test"), Clock.systemUTC());

        assertThatThrownBy(() -> runner.run(new AddNames(true), new AddNames.Input(List.of()), "fake", running()))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("HOST");
    }

    @Test
    void marksOnTheHostWhatIsNeverRepeatedBeforeItBegins() {
        Ended ended = run(false, "a");

        assertThat(ended.state()).isEqualTo(State.SUCCEEDED);
        assertThat(host.marks).contains("/run/infrabridge/o1");
        assertThat(ended.steps())
                .filteredOn(step -> step.phase() == StepReport.Phase.CHANGE)
                .element(1)
                .satisfies(step -> {
                    assertThat(step.command()).containsExactly("mkdir", "--", "/run/infrabridge/o1");
                    assertThat(step.sudo()).isPresent();
                });
    }

    @Test
    void runsNothingThatTheHostSaysHadBegun() {
        run(false, "a");
        Ended again = run(false, "b");

        assertThat(again.state()).isEqualTo(State.INDETERMINATE);
        assertThat(again.failure().orElseThrow().category()).isEqualTo(Category.INTERRUPTED);
        assertThat(host.names).containsExactly("a");
    }

    @Test
    void doesNotBeginWhatItCannotMark() {
        host.unmarkable = true;

        Ended ended = run(false, "a");

        assertThat(ended.state()).isEqualTo(State.FAILED);
        assertThat(ended.changed()).isFalse();
        assertThat(ended.failure().orElseThrow()).satisfies(failure -> {
            assertThat(failure.category()).isEqualTo(Category.PRECONDITION_FAILED);
            assertThat(failure.message()).contains("Read-only file system").contains("Nothing was run");
            assertThat(failure.hint()).contains("/run/infrabridge");
        });
        assertThat(host.names).isEmpty();
    }

    @Test
    void showsTheMarkInADryRunAndMakesNone() {
        dryRun = true;

        assertThat(run(false, "a").steps())
                .extracting(StepReport::command)
                .containsExactly(
                        List.of("mkdir", "-p", "--", "/run/infrabridge/running/o1"),
                        List.of("mkdir", "--", "/run/infrabridge/o1"),
                        List.of("add", "a"));
        assertThat(host.marks).isEmpty();
    }

    @Test
    void marksWithTheRightsOfTheChange() {
        assertThat(Marker.of("o1", false).step().sudo()).isEmpty();
        assertThat(Marker.of("o1", true).step().sudo()).isPresent();
    }

    @Test
    void takesBackWhatItCannotVerify() {
        host.answering("add a", () -> {
            host.names.add("a");
            host.answering("look", () -> Uni.createFrom().item(Output.of("garbled")));
            return Uni.createFrom().item(Output.of(""));
        });

        Ended ended = run(true, "a");

        assertThat(ended.state()).isEqualTo(State.ROLLED_BACK);
        assertThat(ended.failure().orElseThrow().category()).isEqualTo(Category.UNEXPECTED_OUTPUT);
        assertThat(host.names).isEmpty();
    }

    @Test
    void looksFurtherUntilNothingIsLeftToLookAtBeforeAndAfterTheChange() {
        Ended ended = follow();

        assertThat(ended.state()).isEqualTo(State.SUCCEEDED);
        assertThat(host.commands())
                .containsExactly("look", "look at-1", "look at-2", "add b", "look", "look at-1", "look at-2");
        assertThat(ended.output()).contains(new AddFollowers.Seen(3));
    }

    @Test
    void takesBackOnlyWhatIsThere() {
        host.answering("add b", () -> {
            host.names.add("b");
            return Uni.createFrom().item(Output.failed(1, "too late"));
        });

        Ended ended = follow();

        assertThat(ended.state()).isEqualTo(State.ROLLED_BACK);
        assertThat(host.names).containsExactly("a");
    }

    @Test
    void takesNothingBackThatIsNotThere() {
        host.answering("add b", () -> Uni.createFrom().item(Output.failed(1, "not at all")));

        Ended ended = follow();

        assertThat(ended.state()).isEqualTo(State.FAILED);
        assertThat(host.commands()).doesNotContain("drop b");
    }

    private Ended follow() {
        host.names.add("a");
        return new OperationRunner(List.of(host), OpenTelemetry.noop().getTracer("test"), Clock.systemUTC())
                .run(new AddFollowers(), new AddFollowers.Input(), "fake", running())
                .await()
                .atMost(PATIENCE);
    }

    private static ExecutionFailure lost() {
        return new ExecutionFailure(Failure.of(Category.CONNECTION_LOST, "The connection was cut.", "Look."), false);
    }

    private Ended run(boolean converges, String... names) {
        return run(host, converges, names);
    }

    private Ended run(Targets targets, boolean converges, String... names) {
        OperationRunner runner =
                new OperationRunner(List.of(targets), OpenTelemetry.noop().getTracer("test"), Clock.systemUTC());
        AddNames.Input input =
                new AddNames.Input(Arrays.stream(names).map(PackageName::new).toList());
        return runner.run(new AddNames(converges), input, "fake", running())
                .await()
                .atMost(PATIENCE);
    }

    private Running running() {
        return new Running(
                dryRun,
                deadline,
                cancellation,
                held::get,
                Optional.empty(),
                (done, of, description) -> {},
                Continuity.none("o1"),
                Context.root());
    }
}
