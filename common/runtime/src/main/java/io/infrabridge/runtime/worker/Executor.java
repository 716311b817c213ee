package io.infrabridge.runtime.worker;

import io.infrabridge.contract.Category;
import io.infrabridge.contract.Failure;
import io.infrabridge.contract.State;
import io.infrabridge.runtime.execution.Continuity;
import io.infrabridge.runtime.execution.Ended;
import io.infrabridge.runtime.execution.Fenced;
import io.infrabridge.runtime.execution.OperationRunner;
import io.infrabridge.runtime.execution.PlanCheck;
import io.infrabridge.runtime.execution.Running;
import io.infrabridge.runtime.execution.StepRecord;
import io.infrabridge.runtime.operation.Operation;
import io.opentelemetry.context.Context;
import io.smallrye.mutiny.Uni;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jboss.logging.Logger;

/** Runs one task to its end. */
final class Executor {
    private static final Logger LOG = Logger.getLogger(Executor.class);

    /** In the ledger it is a third longer, and must still fit into one record. */
    private static final int LARGEST_RESULT = 700_000;

    private final OperationRunner runner;
    private final Outcomes outcomes;
    private final Answers answers;
    private final Observations observations;
    private final Clock clock;

    Executor(OperationRunner runner, Outcomes outcomes, Answers answers, Observations observations, Clock clock) {
        this.runner = runner;
        this.outcomes = outcomes;
        this.answers = answers;
        this.observations = observations;
        this.clock = clock;
    }

    Uni<Void> execute(Task task) {
        return observed(task, task.check(), this::end);
    }

    /** Runs nothing but the probe: where there is something to do its plan is handed over instead of being carried out. */
    Uni<Void> foresee(Task task, Function<Ended, Uni<Void>> parking) {
        PlanHeldBack check = new PlanHeldBack();
        return observed(
                task, Optional.of(check), (run, ended) -> check.held() ? parking.apply(ended) : end(run, ended));
    }

    private Uni<Void> observed(Task task, Optional<PlanCheck> check, BiFunction<Begun, Ended, Uni<Void>> then) {
        Observations.Span span = observations.begin(task);
        Begun begun = new Begun(task, clock.instant(), span.context());
        return run(begun, check)
                .onItem()
                .transformToUni(ended -> then.apply(begun, ended))
                .onTermination()
                .invoke((done, failure, cancelled) -> span.end(failure));
    }

    private Uni<Void> end(Begun begun, Ended ended) {
        byte[] result = result(begun.task(), ended, begun.at(), begun.trace());
        observations.ended(begun.task(), ended, begun.at());
        return outcomes.finish(begun.task(), result, begun.trace());
    }

    /** A result that the broker would refuse loses its output, and says so, rather than never being published. */
    private byte[] result(Task task, Ended ended, Instant started, Context trace) {
        byte[] result = answers.result(task, ended, started, trace);
        if (result.length <= LARGEST_RESULT) {
            return result;
        }
        Failure tooLarge = Failure.of(
                Category.UNEXPECTED_OUTPUT,
                "The output was left out: the result has " + result.length + " bytes and " + LARGEST_RESULT
                        + " are the most.",
                "Ask for less, with a filter or a page.");
        Ended without = new Ended(
                ended.state(),
                ended.changed(),
                Optional.empty(),
                Optional.of(tooLarge),
                ended.steps(),
                ended.execution());
        return answers.result(task, without, started, trace);
    }

    private <I extends Record, F, O extends Record> Uni<Ended> run(Begun begun, Optional<PlanCheck> check) {
        Task task = begun.task();
        Context trace = begun.trace();
        // the input was decoded by this very operation's spec
        @SuppressWarnings("unchecked")
        Operation<I, F, O> operation = (Operation<I, F, O>) task.operation();
        I input = operation.spec().input().cast(task.input());
        Optional<StepRecord> earlier = task.clearance().begun();
        // what has begun is looked at whatever deadline and callers say
        if (earlier.isEmpty() && !clock.instant().isBefore(task.deadline())) {
            return Uni.createFrom().item(late());
        }
        if (earlier.isEmpty() && task.cancellation().requested()) {
            return Uni.createFrom().item(cancelledInQueue());
        }
        Running running = new Running(
                task.command().dryRun(),
                task.deadline(),
                task.cancellation(),
                task.fence(),
                check,
                (done, of, description) ->
                        answers.publishProgress(task.command(), State.RUNNING, done, of, description, trace),
                new Continuity(task.command().id(), earlier, step -> outcomes.starting(task, step)),
                trace);
        return begins(begun, earlier)
                .chain(() -> runner.run(operation, input, task.command().target(), running))
                .onFailure(failure -> !(failure instanceof Fenced))
                .recoverWithItem(bug -> broken(task, bug));
    }

    /** The step of an earlier worker may be alive on the target, and is waited for. */
    private Uni<Void> begins(Begun begun, Optional<StepRecord> earlier) {
        Task task = begun.task();
        Duration left = earlier.filter(step -> task.operation().spec().converges())
                .map(step -> Duration.between(clock.instant(), step.until()))
                .filter(rest -> !rest.isNegative())
                .orElse(Duration.ZERO);
        if (task.change() && !task.clearance().awaited()) {
            String message = left.isZero()
                    ? "started"
                    : "waits until " + earlier.orElseThrow().until()
                            + ", because what a worker that died had started may run on the target till then";
            answers.publishProgress(task.command(), State.RUNNING, 0, 0, message, begun.trace());
        }
        Uni<Void> now = Uni.createFrom().voidItem();
        return left.isZero() ? now : now.onItem().delayIt().by(left);
    }

    private static Ended broken(Task task, Throwable bug) {
        LOG.errorf(
                bug,
                "operation %s failed in a way that nobody foresaw",
                task.command().id());
        boolean begun = task.change() && !task.clearance().awaited();
        State state = begun ? State.INDETERMINATE : State.FAILED;
        Category category = bug instanceof TimeoutException ? Category.TIMEOUT : Category.INTERNAL;
        return new Ended(
                state,
                begun,
                Optional.empty(),
                Optional.of(Failure.of(
                        category,
                        "The worker failed while it ran this operation.",
                        "Its log has the cause under the operation's id.")),
                List.of(),
                Optional.empty());
    }

    private static Ended late() {
        return end(
                State.TIMED_OUT,
                Category.TIMEOUT,
                "The deadline passed before the operation could start; nothing was run.",
                "The target was busy or its worker away; ask again, with a longer timeout_seconds if need be.");
    }

    private static Ended cancelledInQueue() {
        return end(State.CANCELLED, Category.CANCELLED, "Cancelled before it started; nothing was run.", "");
    }

    private static Ended end(State state, Category category, String message, String hint) {
        return new Ended(
                state,
                false,
                Optional.empty(),
                Optional.of(Failure.of(category, message, hint)),
                List.of(),
                Optional.empty());
    }

    private record Begun(Task task, Instant at, Context trace) {}
}
