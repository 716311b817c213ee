package io.infrabridge.runtime.worker;

import io.infrabridge.contract.Category;
import io.infrabridge.contract.Command;
import io.infrabridge.contract.Failure;
import io.infrabridge.contract.Json;
import io.infrabridge.contract.State;
import io.infrabridge.runtime.execution.Running;
import io.smallrye.mutiny.Uni;
import java.util.function.Consumer;

/** Goes on with the changes that an earlier owner of a partition claimed or parked and did not finish. */
final class Recovery {
    private static final String LOOK = "Look at the target before asking again.";

    private final TaskReader reader;
    private final Executor executor;
    private final Approvals approvals;
    private final Consumer<Task> queue;

    Recovery(TaskReader reader, Executor executor, Approvals approvals, Consumer<Task> queue) {
        this.reader = reader;
        this.executor = executor;
        this.approvals = approvals;
        this.queue = queue;
    }

    /** Whatever is wrong with one entry is the failure of its own Uni, and no other entry hears of it. */
    Uni<Void> resume(LedgerEntry entry, int partition, Running.Fence fence) {
        return Uni.createFrom()
                .deferred(() -> reader.remembered(entry, partition, fence)
                        .map(task -> resume(entry.phase(), task))
                        .orElseGet(() -> abandon(entry, partition, fence)));
    }

    private Uni<Void> resume(LedgerEntry.Phase phase, Task task) {
        if (phase == LedgerEntry.Phase.PARKED) {
            return approvals.restore(task);
        }
        if (task.operation().spec().converges() || task.clearance().awaited()) {
            queue.accept(task);
            return Uni.createFrom().voidItem();
        }
        // it cannot be told from the target how far the earlier owner came, and it must not run twice
        return executor.refuse(
                        task,
                        State.INDETERMINATE,
                        Failure.of(
                                Category.INTERRUPTED,
                                "The worker that had started this operation died, and the target cannot tell how far"
                                        + " it came.",
                                LOOK))
                .replaceWithVoid();
    }

    /** An upgrade may have taken away the operation, or what its arguments may be. */
    private Uni<Void> abandon(LedgerEntry entry, int partition, Running.Fence fence) {
        Command command = Json.read(entry.command(), Command.class);
        String what = command.tool() + " " + command.action();
        boolean parked = entry.phase() == LedgerEntry.Phase.PARKED;
        Failure failure = parked
                ? Failure.of(
                        Category.INTERRUPTED,
                        "While it waited for approval the worker was replaced by one that does not take " + what
                                + " with these arguments. Nothing was run.",
                        "Ask again, with arguments that are taken now.")
                : Failure.of(
                        Category.INTERRUPTED,
                        "The worker that may have begun with it was replaced by one that does not take " + what
                                + " with these arguments and cannot tell how far it came.",
                        LOOK);
        return executor.end(entry, partition, fence, parked ? State.REJECTED : State.INDETERMINATE, failure);
    }
}
