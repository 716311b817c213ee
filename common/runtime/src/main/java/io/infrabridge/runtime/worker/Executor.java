package io.infrabridge.runtime.worker;

import io.infrabridge.contract.Category;
import io.infrabridge.contract.Command;
import io.infrabridge.contract.Failure;
import io.infrabridge.contract.State;
import io.infrabridge.runtime.disclosure.Disclosure;
import io.infrabridge.runtime.execution.Ended;
import io.infrabridge.runtime.execution.Fenced;
import io.infrabridge.runtime.execution.OperationRunner;
import io.infrabridge.runtime.execution.Running;
import io.infrabridge.runtime.operation.Operation;
import io.opentelemetry.context.Context;
import io.smallrye.mutiny.Uni;
import java.time.Clock;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
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
        return ledger.write(task.partition(), entry(task));
    }

    Uni<Void> execute(Task task) {
        Observations.Span span = observations.begin(task);
        Instant started = clock.instant();
        return run(task, span.context())
                .onItem()
                .transformToUni(ended -> {
                    byte[] result = result(task, ended, started, span.context());
                    observations.ended(task, ended, started);
                    return finish(task, result, span.context());
                })
                .onTermination()
                .invoke((done, failure, cancelled) -> span.end(failure));
    }

    /** A result that the broker would refuse loses its output, and says so, rather than never being published. */
    private byte[] result(Task task, Ended ended, Instant started, Context trace) {
        Disclosure disclosure = Disclosure.of(task.input());
        byte[] result = answers.result(task.command(), disclosure, ended, started, trace);
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
        return answers.result(task.command(), disclosure, without, started, trace);
    }

    /** Writes down that the change was refused; its result may be published after that. */
    Uni<Void> recordRefusal(Command command, Received record, byte[] result) {
        return ledger.write(
                record.partition(),
                entry(command, record.value(), record.headers()).finished(result, clock.instant()));
    }

    /** Ends a task that must not run. */
    Uni<Void> refuse(Task task, State state, Failure failure) {
        return finish(task, answers.refusal(task.command(), state, failure, task.trace()), task.trace());
    }

    private Uni<Void> finish(Task task, byte[] result, Context trace) {
        if (!task.fence().held()) {
            return Uni.createFrom().failure(new IllegalStateException("fenced: the new owner reports it"));
        }
        Uni<Void> recorded = task.change()
                ? ledger.write(task.partition(), entry(task).finished(result, clock.instant()))
                : Uni.createFrom().voidItem();
        return recorded.chain(() -> answers.publishResult(task.command().id(), result, trace));
    }

    private <I extends Record, F, O extends Record> Uni<Ended> run(Task task, Context trace) {
        // the input was decoded by this very operation's spec
        @SuppressWarnings("unchecked")
        Operation<I, F, O> operation = (Operation<I, F, O>) task.operation();
        I input = operation.spec().input().cast(task.input());
        if (!clock.instant().isBefore(task.command().deadline())) {
            return Uni.createFrom().item(late());
        }
        if (task.cancellation().requested()) {
            return Uni.createFrom().item(cancelledInQueue());
        }
        if (task.change()) {
            answers.publishProgress(task.command(), State.RUNNING, 0, 0, "started", trace);
        }
        Running running = new Running(
                task.command().dryRun(),
                task.command().deadline(),
                task.cancellation(),
                task.fence(),
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
        State state = task.change() ? State.INDETERMINATE : State.FAILED;
        Category category = bug instanceof TimeoutException ? Category.TIMEOUT : Category.INTERNAL;
        return new Ended(
                state,
                task.change(),
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

    private LedgerEntry entry(Task task) {
        return entry(task.command(), task.value(), task.headers());
    }

    private LedgerEntry entry(Command command, byte[] value, Map<String, String> headers) {
        return new LedgerEntry(
                command.issuer(),
                command.id(),
                requestHash(value),
                LedgerEntry.Phase.CLAIMED,
                value,
                headers,
                Optional.empty(),
                "",
                clock.instant());
    }

    static String requestHash(byte[] value) {
        try {
            return HexFormat.of()
                    .formatHex(
                            java.security.MessageDigest.getInstance("SHA-256").digest(value));
        } catch (java.security.NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
