package io.infrabridge.runtime.worker;

import io.infrabridge.contract.Cancel;
import io.infrabridge.contract.Failure;
import io.infrabridge.contract.Json;
import io.infrabridge.contract.State;
import io.infrabridge.contract.StepReport;
import io.infrabridge.runtime.execution.Fenced;
import io.infrabridge.runtime.worker.approval.Parked;
import io.infrabridge.runtime.worker.approval.PlanHash;
import io.smallrye.mutiny.Uni;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/**
 * Where operations wait for people: parked in the ledger, and ended when their time is over. Whatever happens to one of them
 * happens in its turn, after what came before is in the ledger.
 */
final class WaitingRoom {
    private static final Logger LOG = Logger.getLogger(WaitingRoom.class);
    private static final Duration ROUNDED = Duration.ofMillis(1);
    /** With its command and its decisions it must still fit into one record. */
    private static final int LONGEST_PLAN = 300_000;

    private final Ledger ledger;
    private final Outcomes outcomes;
    private final ApprovalMessages messages;
    private final Clock clock;
    private final Turns turns = new Turns();

    WaitingRoom(Ledger ledger, Outcomes outcomes, ApprovalMessages messages, Clock clock) {
        this.ledger = ledger;
        this.outcomes = outcomes;
        this.messages = messages;
        this.clock = clock;
    }

    /** Parks an operation with the plan that would be carried out; its target is free meanwhile. */
    Uni<Void> enter(Task task, List<StepReport> plan) {
        return inTurn(task, () -> park(task, plan));
    }

    /** Goes on waiting for one that an earlier owner parked. */
    Uni<Void> restore(Task task) {
        expireInTime(task);
        return messages.waiting(task);
    }

    /** Whether it was still waiting and is cancelled now. */
    Uni<Boolean> cancel(Cancel cancel, Task task) {
        return inTurn(
                task,
                () -> waiting(task)
                        .map(parked -> end(parked, State.CANCELLED, NotRun.cancelled(cancel.caller()))
                                .replaceWith(true))
                        .orElseGet(() -> Uni.createFrom().item(false)));
    }

    /** The task as it waits by now, if it still does. */
    Optional<Task> waiting(Task task) {
        return entry(task)
                .filter(entry -> entry.phase() == LedgerEntry.Phase.PARKED)
                .flatMap(LedgerEntry::parked)
                .map(task::by);
    }

    Optional<LedgerEntry> entry(Task task) {
        return ledger.find(task.partition(), task.key());
    }

    Uni<Void> store(Task task, LedgerEntry.Phase phase) {
        return task.fence().held()
                ? ledger.write(task.partition(), LedgerEntry.of(task, phase, clock.instant()))
                : Uni.createFrom().failure(new Fenced());
    }

    Uni<Void> end(Task task, State state, Failure failure) {
        return outcomes.refuse(task, state, failure).chain(result -> messages.ended(task, result));
    }

    <T> Uni<T> inTurn(Task task, Supplier<Uni<T>> work) {
        return turns.take(task.key(), work);
    }

    private Uni<Void> park(Task task, List<StepReport> plan) {
        int length = Json.bytes(plan).length;
        if (length > LONGEST_PLAN) {
            return end(task, State.REJECTED, NotRun.tooLong(length, LONGEST_PLAN));
        }
        Task parked = task.by(Parked.now(
                PlanHash.of(task.command(), plan),
                plan,
                task.clearance().requirement().orElseThrow(),
                clock.instant()));
        return store(parked, LedgerEntry.Phase.PARKED)
                .chain(() -> messages.waiting(parked))
                .invoke(() -> expireInTime(parked))
                .chain(() -> task.cancellation().requested()
                        ? end(
                                parked,
                                State.CANCELLED,
                                NotRun.cancelled(task.command().caller()))
                        : Uni.createFrom().voidItem());
    }

    private void expireInTime(Task task) {
        // a timer counts whole milliseconds, and none may end it before its time
        Duration left =
                Duration.between(clock.instant(), parked(task).expiresAt()).plus(ROUNDED);
        Uni.createFrom()
                .voidItem()
                .onItem()
                .delayIt()
                .by(left.compareTo(ROUNDED) < 0 ? ROUNDED : left)
                .chain(() -> inTurn(task, () -> expire(task)))
                .subscribe()
                .with(
                        done -> {},
                        failure -> LOG.errorf(
                                failure, "%s could not be ended though it has waited long enough", task.key()));
    }

    private Uni<Void> expire(Task task) {
        // once the partition is somebody else's, it is his to end
        return waiting(task)
                .filter(parked -> parked.fence().held())
                .map(parked -> end(
                        parked,
                        State.REJECTED,
                        NotRun.expired(parked(parked), parked.command().caller())))
                .orElseGet(() -> Uni.createFrom().voidItem());
    }

    private static Parked parked(Task task) {
        return task.clearance().parked().orElseThrow();
    }
}
