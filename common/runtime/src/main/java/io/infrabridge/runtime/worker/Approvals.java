package io.infrabridge.runtime.worker;

import io.infrabridge.contract.ApprovalDecision;
import io.infrabridge.contract.Category;
import io.infrabridge.contract.Failure;
import io.infrabridge.contract.Json;
import io.infrabridge.contract.Operation;
import io.infrabridge.contract.State;
import io.infrabridge.runtime.worker.approval.Ballot;
import io.infrabridge.runtime.worker.approval.Parked;
import io.infrabridge.runtime.worker.approval.Ruling;
import io.infrabridge.trust.signature.TrustedKey;
import io.smallrye.mutiny.Uni;
import java.time.Clock;
import java.util.Optional;
import org.jboss.logging.Logger;

/**
 * Decisions on operations that wait for people, as signed messages. Each is ruled on in its turn, so that none is counted on a
 * state that another one has just changed.
 */
final class Approvals {
    private static final Logger LOG = Logger.getLogger(Approvals.class);

    private final WaitingRoom room;
    private final Permissions permissions;
    private final ApprovalMessages messages;
    private final Clock clock;

    Approvals(WaitingRoom room, Permissions permissions, ApprovalMessages messages, Clock clock) {
        this.room = room;
        this.permissions = permissions;
        this.messages = messages;
        this.clock = clock;
    }

    /** The task to run where this decision was the last that it waited for. */
    Uni<Optional<Task>> decide(ApprovalDecision decision, TrustedKey signer, Task task) {
        return room.inTurn(
                task,
                () -> room.waiting(task)
                        .map(parked -> rule(decision, signer, parked))
                        .orElseGet(() -> room.entry(task)
                                .map(entry -> late(decision, entry))
                                .orElseGet(() -> unknown(decision))
                                .replaceWith(Optional.empty())));
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

    /** One that comes again is answered as before; any other comes too late. */
    Uni<Void> late(ApprovalDecision decision, LedgerEntry entry) {
        Optional<Operation> ended = entry.result().map(result -> Json.read(result, Operation.class));
        State state = ended.map(Operation::state).orElse(State.RUNNING);
        boolean counted = ended.map(Operation::approval)
                .orElseGet(() -> entry.parked().map(Parked::approval))
                .filter(approval -> approval.decisions().contains(decision))
                .isPresent();
        Uni<Optional<Task>> answered = counted
                ? messages.answered(decision, Optional.of(state), Optional.empty())
                        .replaceWith(Optional.empty())
                : refuse(
                        decision,
                        Optional.of(state),
                        Failure.of(
                                Category.CONFLICT,
                                "The operation does not wait for approval: " + state.name() + ".",
                                "There is nothing to decide; look at the operation."));
        return answered.replaceWithVoid();
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
            return room.end(task.by(denied.next()), State.REJECTED, NotRun.denied(decision))
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
            return room.store(task, LedgerEntry.Phase.PARKED)
                    .chain(() -> messages.waiting(task))
                    .chain(() -> answer(decision, State.AWAITING_APPROVAL));
        }
        if (now instanceof Incoming.Refused refused) {
            return room.end(task, State.REJECTED, refused.failure()).chain(() -> answer(decision, State.REJECTED));
        }
        Task approved = task.by(parked(task).started(clock.instant()));
        return room.store(approved, LedgerEntry.Phase.CLAIMED)
                .chain(() -> messages.approved(approved))
                .chain(() -> answer(decision, State.RUNNING))
                .replaceWith(Optional.of(approved));
    }

    private Uni<Optional<Task>> answer(ApprovalDecision decision, State state) {
        return messages.answered(decision, Optional.of(state), Optional.empty()).replaceWith(Optional.empty());
    }

    private Uni<Optional<Task>> refuse(ApprovalDecision decision, Optional<State> state, Failure failure) {
        LOG.infof("decision %s on %s refused: %s", decision.id(), decision.operationId(), failure.message());
        return messages.answered(decision, state, Optional.of(failure)).replaceWith(Optional.empty());
    }

    private static Parked parked(Task task) {
        return task.clearance().parked().orElseThrow();
    }
}
