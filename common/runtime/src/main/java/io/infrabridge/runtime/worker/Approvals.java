package io.infrabridge.runtime.worker;

import io.infrabridge.contract.ApprovalDecision;
import io.infrabridge.contract.Cancel;
import io.infrabridge.contract.Category;
import io.infrabridge.contract.Failure;
import io.infrabridge.contract.Json;
import io.infrabridge.contract.State;
import io.infrabridge.contract.StepReport;
import io.infrabridge.runtime.worker.approval.Ballot;
import io.infrabridge.runtime.worker.approval.Parked;
import io.infrabridge.runtime.worker.approval.PlanHash;
import io.infrabridge.runtime.worker.approval.Ruling;
import io.infrabridge.trust.signature.TrustedKey;
import io.smallrye.mutiny.Uni;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/**
 * Operations that wait for people: parked in the ledger, decided on by signed messages, ended when their time is over.
 * Whatever happens to one of them happens in its turn, after what came before is in the ledger, so that no decision is
 * counted on a state that another one has just changed.
 */
final class Approvals {
    private static final Logger LOG = Logger.getLogger(Approvals.class);
    private static final Duration ROUNDED = Duration.ofMillis(1);
    /** With its command and its decisions it must still fit into one record. */
    private static final int LONGEST_PLAN = 300_000;

    private final Ledger ledger;
    private final Permissions permissions;
    private final Executor executor;
    private final ApprovalMessages messages;
    private final Clock clock;
    private final Turns turns = new Turns();

    Approvals(Ledger ledger, Permissions permissions, Executor executor, ApprovalMessages messages, Clock clock) {
        this.ledger = ledger;
        this.permissions = permissions;
        this.executor = executor;
        this.messages = messages;
        this.clock = clock;
    }

    /** Plans; what has nothing to do or cannot be done ends, everything else waits. The target is free afterwards. */
    Uni<Void> park(Task task) {
        return executor.foresee(task, ended -> inTurn(task, () -> park(task, ended.steps())));
    }

    /** Goes on waiting for one that an earlier owner parked. */
    Uni<Void> restore(Task task) {
        expireInTime(task);
        return messages.waiting(task);
    }

    /** The task to run where this decision was the last that it waited for. */
    Uni<Optional<Task>> decide(ApprovalDecision decision, TrustedKey signer, Task task) {
        return inTurn(
                task,
                () -> waiting(task)
                        .map(parked -> rule(decision, signer, parked))
                        .orElseGet(() -> late(decision, task)));
    }

    Uni<Void> unknown(ApprovalDecision decision) {
        return refuse(
                        decision,
                        Optional.empty(),
                        Failure.of(
                                Category.NOT_FOUND,
                                "No operation " + decision.operationId() + " of " + decision.operationIssuer()
                                        + " has waited for approval on " + decision.target() + ".",
                                "A decision names the operation, its issuer and its target as the operation does."))
                .replaceWithVoid();
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

    private Uni<Optional<Task>> rule(ApprovalDecision decision, TrustedKey signer, Task task) {
        Optional<String> objection =
                signer.objection(task.command().tool(), task.command().action());
        if (objection.isPresent()) {
            return refuse(
                    decision,
                    Optional.of(State.AWAITING_APPROVAL),
                    Failure.of(Category.FORBIDDEN, objection.get(), "trust.yaml lists what each key may decide on."));
        }
        Ruling ruling = Ballot.rule(parked(task), task.command().caller(), decision, clock.instant());
        if (ruling instanceof Ruling.Counted counted) {
            return counted(decision, task.by(counted.next()));
        }
        if (ruling instanceof Ruling.Denied denied) {
            return end(task.by(denied.next()), State.REJECTED, NotRun.denied(decision))
                    .chain(() -> answer(decision, State.REJECTED));
        }
        return ruling instanceof Ruling.Refused refused
                ? refuse(decision, Optional.of(State.AWAITING_APPROVAL), refused.failure())
                : answer(decision, State.AWAITING_APPROVAL);
    }

    /** What the policy says now decides, not what it said when the operation was parked: a freeze may have begun. */
    private Uni<Optional<Task>> counted(ApprovalDecision decision, Task counted) {
        Incoming now = permissions.of(counted.command());
        Task task = now instanceof Incoming.Admitted admitted
                ? counted.by(admitted.approval().map(parked(counted)::under).orElse(parked(counted)))
                : counted;
        if (!Ballot.enough(parked(task), task.command().caller())) {
            return store(task, LedgerEntry.Phase.PARKED)
                    .chain(() -> messages.waiting(task))
                    .chain(() -> answer(decision, State.AWAITING_APPROVAL));
        }
        if (now instanceof Incoming.Refused refused) {
            return end(task, State.REJECTED, refused.failure()).chain(() -> answer(decision, State.REJECTED));
        }
        Task approved = task.by(parked(task).started(clock.instant()));
        return store(approved, LedgerEntry.Phase.CLAIMED)
                .chain(() -> messages.approved(approved))
                .chain(() -> answer(decision, State.RUNNING))
                .replaceWith(Optional.of(approved));
    }

    /** One that comes again is answered as before; any other comes too late. */
    private Uni<Optional<Task>> late(ApprovalDecision decision, Task task) {
        Optional<LedgerEntry> entry = ledger.find(task.partition(), task.key());
        Optional<State> state = entry.map(Approvals::state);
        boolean counted = entry.flatMap(LedgerEntry::parked)
                .filter(parked -> parked.decisions().contains(decision))
                .isPresent();
        return counted
                ? messages.answered(decision, state, Optional.empty()).replaceWith(Optional.empty())
                : refuse(
                        decision,
                        state,
                        Failure.of(
                                Category.CONFLICT,
                                "The operation does not wait for approval: "
                                        + state.map(State::name).orElse("it is not known") + ".",
                                "There is nothing to decide; look at the operation."));
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

    /** The task as it waits by now, if it still does. */
    private Optional<Task> waiting(Task task) {
        return ledger.find(task.partition(), task.key())
                .filter(entry -> entry.phase() == LedgerEntry.Phase.PARKED)
                .flatMap(LedgerEntry::parked)
                .map(task::by);
    }

    private Uni<Void> store(Task task, LedgerEntry.Phase phase) {
        return task.fence().held()
                ? ledger.write(task.partition(), LedgerEntry.of(task, phase, clock.instant()))
                : Uni.createFrom().failure(new IllegalStateException("fenced: the new owner goes on with it"));
    }

    private Uni<Void> end(Task task, State state, Failure failure) {
        return executor.refuse(task, state, failure).chain(result -> messages.ended(task, result));
    }

    private Uni<Optional<Task>> answer(ApprovalDecision decision, State state) {
        return messages.answered(decision, Optional.of(state), Optional.empty()).replaceWith(Optional.empty());
    }

    private Uni<Optional<Task>> refuse(ApprovalDecision decision, Optional<State> state, Failure failure) {
        LOG.infof("decision %s on %s refused: %s", decision.id(), decision.operationId(), failure.message());
        return messages.answered(decision, state, Optional.of(failure)).replaceWith(Optional.empty());
    }

    private <T> Uni<T> inTurn(Task task, Supplier<Uni<T>> work) {
        return turns.take(task.key(), work);
    }

    private static Parked parked(Task task) {
        return task.clearance().parked().orElseThrow();
    }

    private static State state(LedgerEntry entry) {
        return entry.result()
                .map(result -> Json.read(result, io.infrabridge.contract.Operation.class)
                        .state())
                .orElse(State.RUNNING);
    }
}
