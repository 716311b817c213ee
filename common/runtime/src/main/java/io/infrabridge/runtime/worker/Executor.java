package io.infrabridge.runtime.worker;

import io.infrabridge.contract.Category;
import io.infrabridge.contract.Command;
import io.infrabridge.contract.Failure;
import io.infrabridge.contract.Json;
import io.infrabridge.contract.State;
import io.infrabridge.runtime.allowance.Verdict;
import io.infrabridge.runtime.execution.Ended;
import io.infrabridge.runtime.execution.Fenced;
import io.infrabridge.runtime.execution.OperationRunner;
import io.infrabridge.runtime.execution.PlanCheck;
import io.infrabridge.runtime.execution.Running;
import io.infrabridge.runtime.operation.Operation;
import io.opentelemetry.context.Context;
import io.smallrye.mutiny.Uni;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jboss.logging.Logger;

/** Takes one task to its end: claim, run, record, publish. Nothing is published that is not recorded, where it is a change. */
final class Executor {
    private static final Logger LOG = Logger.getLogger(Executor.class);

    private static final int LARGEST_RESULT = 900_000;

    private final Ledger ledger;
    private final OperationRunner runner;
    private final Answers answers;
    private final Observations observations;
    private final Clock clock;

    Executor(Ledger ledger, OperationRunner runner, Answers answers, Observations observations, Clock clock) {
        this.ledger = ledger;
        this.runner = runner;
        this.answers = answers;
        this.observations = observations;
        this.clock = clock;
    }

    /** Writes down that the change is going to be made; after that its offset may be committed. */
    Uni<Void> claim(Task task) {
        return ledger.write(task.partition(), LedgerEntry.of(task, LedgerEntry.Phase.CLAIMED, clock.instant()));
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
        return finish(begun.task(), result, begun.trace());
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

    /** Writes down that the change was refused; its result may be published after that. */
    Uni<Void> recordRefusal(Command command, Received record, byte[] result) {
        return ledger.write(record.partition(), LedgerEntry.refused(command, record, result, clock.instant()));
    }

    /** Ends a task that must not run; what was published of it. */
    Uni<byte[]> refuse(Task task, State state, Failure failure) {
        byte[] result = answers.refusal(task, state, failure);
        return finish(task, result, task.trace()).replaceWith(result);
    }

    /** Ends what the ledger remembers and no task can be made of. */
    Uni<Void> end(LedgerEntry entry, int partition, Running.Fence fence, State state, Failure failure) {
        Context trace = TraceHeaders.read(entry.headers());
        byte[] result = answers.refusal(Json.read(entry.command(), Command.class), state, failure, trace);
        return fence.held()
                ? ledger.write(partition, entry.ended(result, clock.instant()))
                        .chain(() -> answers.publishResult(entry.id(), result, trace))
                : fenced();
    }

    /** Ends a task for which there was no room. */
    Uni<byte[]> exhausted(Task task, Verdict.Exhausted exhausted) {
        Duration left = Duration.between(clock.instant(), exhausted.retryAt());
        // rounded up: who asks again then finds room
        long seconds = Math.max(1, left.plusMillis(999).toSeconds());
        return refuse(task, State.REJECTED, task.standing().exhausted(exhausted, seconds));
    }

    private Uni<Void> finish(Task task, byte[] result, Context trace) {
        if (!task.fence().held()) {
            return fenced();
        }
        Uni<Void> recorded = task.change()
                ? ledger.write(task.partition(), LedgerEntry.finished(task, result, clock.instant()))
                : Uni.createFrom().voidItem();
        return recorded.chain(() -> answers.publishResult(task.command().id(), result, trace));
    }

    private static Uni<Void> fenced() {
        return Uni.createFrom().failure(new IllegalStateException("fenced: the new owner reports it"));
    }

    private <I extends Record, F, O extends Record> Uni<Ended> run(Begun begun, Optional<PlanCheck> check) {
        Task task = begun.task();
        Context trace = begun.trace();
        // the input was decoded by this very operation's spec
        @SuppressWarnings("unchecked")
        Operation<I, F, O> operation = (Operation<I, F, O>) task.operation();
        I input = operation.spec().input().cast(task.input());
        if (!clock.instant().isBefore(task.deadline())) {
            return Uni.createFrom().item(late());
        }
        if (task.cancellation().requested()) {
            return Uni.createFrom().item(cancelledInQueue());
        }
        if (task.change() && !task.clearance().awaited()) {
            answers.publishProgress(task.command(), State.RUNNING, 0, 0, "started", trace);
        }
        Running running = new Running(
                task.command().dryRun(),
                task.deadline(),
                task.cancellation(),
                task.fence(),
                check,
                (done, of, description) ->
                        answers.publishProgress(task.command(), State.RUNNING, done, of, description, trace),
                trace);
        return runner.run(operation, input, task.command().target(), running)
                .onFailure(failure -> !(failure instanceof Fenced))
                .recoverWithItem(bug -> broken(task, bug));
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
                java.util.List.of(),
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
                java.util.List.of(),
                Optional.empty());
    }

    private record Begun(Task task, Instant at, Context trace) {}
}
