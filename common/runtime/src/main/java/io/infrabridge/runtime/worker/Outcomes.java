package io.infrabridge.runtime.worker;

import io.infrabridge.contract.Command;
import io.infrabridge.contract.Failure;
import io.infrabridge.contract.Json;
import io.infrabridge.contract.State;
import io.infrabridge.runtime.allowance.Verdict;
import io.infrabridge.runtime.execution.Running;
import io.infrabridge.runtime.execution.StepRecord;
import io.opentelemetry.context.Context;
import io.smallrye.mutiny.Uni;
import java.time.Clock;
import java.time.Duration;
import org.jboss.logging.Logger;

/**
 * Writes down what becomes of tasks, and tells how they ended. Of a change nothing is published that is not recorded, and nothing
 * is recorded or published by a worker that is not certain to own it.
 */
final class Outcomes {
    private static final Logger LOG = Logger.getLogger(Outcomes.class);
    /** With the command beside it, it must still fit into one record. */
    private static final int LARGEST_STEP = 300_000;

    private final Ledger ledger;
    private final Answers answers;
    private final Clock clock;

    Outcomes(Ledger ledger, Answers answers, Clock clock) {
        this.ledger = ledger;
        this.answers = answers;
        this.clock = clock;
    }

    /** Writes down that the change is going to be made; after that its offset may be committed. */
    Uni<Void> claim(Task task) {
        return ledger.write(task.partition(), LedgerEntry.of(task, LedgerEntry.Phase.CLAIMED, clock.instant()));
    }

    /** Writes down that a step is about to be started. */
    Uni<Void> starting(Task task, StepRecord step) {
        int size = Json.bytes(step).length;
        if (size > LARGEST_STEP) {
            LOG.warnf(
                    "%s: %d bytes of what was there before are not recorded",
                    task.command().id(), size);
        }
        StepRecord fitting = size > LARGEST_STEP ? step.withoutStages() : step;
        return task.fence()
                .confirmed()
                .chain(() -> ledger.write(task.partition(), LedgerEntry.begun(task, fitting, clock.instant())));
    }

    /** Ends a task that has run, or must not run. */
    Uni<Void> finish(Task task, byte[] result, Context trace) {
        if (!task.change()) {
            return task.fence().held()
                    ? answers.publishResult(task.command().id(), result, trace)
                    : Uni.createFrom().failure(new io.infrabridge.runtime.execution.Fenced());
        }
        return end(task.command(), RequestHash.of(task.value()), task.partition(), task.fence(), result, trace);
    }

    /** What was published of a task that must not run. */
    Uni<byte[]> refuse(Task task, State state, Failure failure) {
        byte[] result = answers.refusal(task, state, failure);
        return finish(task, result, task.trace()).replaceWith(result);
    }

    /** Ends a task for which there was no room. */
    Uni<byte[]> exhausted(Task task, Verdict.Exhausted exhausted) {
        Duration left = Duration.between(clock.instant(), exhausted.retryAt());
        // rounded up: who asks again then finds room
        long seconds = Math.max(1, left.plusMillis(999).toSeconds());
        return refuse(task, State.REJECTED, task.standing().exhausted(exhausted, seconds));
    }

    /** Ends a change that was refused before a task was made of it. */
    Uni<Void> refuse(Command command, Received record, Running.Fence fence, byte[] result, Context trace) {
        return end(command, RequestHash.of(record.value()), record.partition(), fence, result, trace);
    }

    /** Ends what the ledger remembers and no task can be made of. */
    Uni<Void> end(
            LedgerEntry entry,
            LedgerEntry.Request request,
            int partition,
            Running.Fence fence,
            State state,
            Failure failure) {
        Command command = Json.read(request.command(), Command.class);
        Context trace = TraceHeaders.read(request.headers());
        byte[] result = answers.refusal(command, state, failure, trace);
        return end(command, entry.requestHash(), partition, fence, result, trace);
    }

    /** Publishes the result that was recorded. */
    Uni<Void> publish(int partition, LedgerEntry entry, byte[] result, Context trace) {
        return answers.publishResult(entry.id(), result, trace).invoke(() -> ledger.published(partition, entry.key()));
    }

    private Uni<Void> end(
            Command command, String requestHash, int partition, Running.Fence fence, byte[] result, Context trace) {
        LedgerEntry entry = LedgerEntry.finished(command, requestHash, result, clock.instant());
        return fence.confirmed()
                .chain(() -> ledger.write(partition, entry))
                // the write may have taken its time, and there must not be two that tell an end
                .chain(fence::confirmed)
                .chain(() -> publish(partition, entry, result, trace));
    }
}
