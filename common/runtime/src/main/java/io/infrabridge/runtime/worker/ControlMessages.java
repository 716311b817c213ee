package io.infrabridge.runtime.worker;

import io.infrabridge.contract.ApprovalDecision;
import io.infrabridge.contract.Cancel;
import io.infrabridge.contract.State;
import io.infrabridge.runtime.execution.Running;
import io.smallrye.mutiny.Uni;
import java.util.Optional;

/** Messages about operations that are already here: they go past the queue of the target. */
final class ControlMessages {
    private final Ledger ledger;
    private final TaskReader reader;
    private final Tasks tasks;
    private final WaitingRoom room;
    private final Approvals approvals;
    private final Answers answers;

    ControlMessages(
            Ledger ledger, TaskReader reader, Tasks tasks, WaitingRoom room, Approvals approvals, Answers answers) {
        this.ledger = ledger;
        this.room = room;
        this.reader = reader;
        this.tasks = tasks;
        this.approvals = approvals;
        this.answers = answers;
    }

    /** The task to run where enough people have approved it now. */
    Uni<Optional<Task>> decide(Incoming.Decided decided, Received record, Running.Fence fence) {
        ApprovalDecision decision = decided.decision();
        Optional<LedgerEntry> entry =
                ledger.find(record.partition(), LedgerEntry.key(decision.operationIssuer(), decision.operationId()));
        Optional<LedgerEntry> finished = entry.filter(LedgerEntry::finished);
        if (finished.isPresent()) {
            return approvals.late(decision, finished.get()).replaceWith(Optional.empty());
        }
        return entry.flatMap(open -> reader.remembered(open, record.partition(), fence))
                .map(task -> approvals.decide(decision, decided.signer(), task))
                .orElseGet(() -> approvals.unknown(decision).replaceWith(Optional.empty()));
    }

    Uni<Void> cancel(Cancel cancel, Received record, Running.Fence fence) {
        if (stopped(cancel)) {
            return Uni.createFrom().voidItem();
        }
        return ledger.find(record.partition(), LedgerEntry.key(cancel.operationIssuer(), cancel.operationId()))
                .flatMap(entry -> reader.remembered(entry, record.partition(), fence))
                .filter(task -> mayStop(cancel, task))
                .map(task -> room.cancel(cancel, task)
                        // it may have been approved while the cancel waited for its turn
                        .invoke(cancelled -> {
                            if (!cancelled) {
                                stopped(cancel);
                            }
                        })
                        .replaceWithVoid())
                .orElseGet(() -> Uni.createFrom().voidItem());
    }

    /** Whether it is queued or runs here, and so has heard of it. */
    private boolean stopped(Cancel cancel) {
        Optional<Task> task = tasks.find(cancel.operationIssuer(), cancel.operationId());
        task.filter(here -> mayStop(cancel, here)).ifPresent(here -> {
            answers.publishProgress(here.command(), State.CANCELLING, 0, 0, "cancel requested", here.trace());
            here.cancellation().request();
        });
        return task.isPresent();
    }

    /** Whoever may start a command may stop it; nobody else's is touched. */
    private static boolean mayStop(Cancel cancel, Task task) {
        return cancel.caller().equals(task.command().caller()) || cancel.roles().contains("admin");
    }
}
