package io.infrabridge.runtime.worker;

import io.infrabridge.contract.Category;
import io.infrabridge.contract.Command;
import io.infrabridge.contract.Failure;
import io.infrabridge.contract.Json;
import io.infrabridge.contract.State;
import io.infrabridge.runtime.execution.Running;
import io.opentelemetry.context.Context;
import io.smallrye.mutiny.Uni;
import java.util.Optional;

/** Goes on with the changes that an earlier owner of a partition did not bring to their end. */
final class Recovery {
    private final TaskReader reader;
    private final Outcomes outcomes;
    private final WaitingRoom room;
    private final TaskQueue queue;

    Recovery(TaskReader reader, Outcomes outcomes, WaitingRoom room, TaskQueue queue) {
        this.reader = reader;
        this.outcomes = outcomes;
        this.room = room;
        this.queue = queue;
    }

    /** Whatever is wrong with one entry is the failure of its own Uni, and no other entry hears of it. */
    Uni<Void> resume(LedgerEntry entry, int partition, Running.Fence fence) {
        return Uni.createFrom()
                .deferred(() -> entry.result()
                        .map(result -> outcomes.publish(partition, entry, result, Context.root()))
                        .orElseGet(() -> goOn(entry, partition, fence)));
    }

    private Uni<Void> goOn(LedgerEntry entry, int partition, Running.Fence fence) {
        Optional<Task> remembered = reader.remembered(entry, partition, fence);
        if (remembered.isEmpty()) {
            return abandon(entry, partition, fence);
        }
        if (entry.phase() == LedgerEntry.Phase.PARKED) {
            return room.restore(remembered.get());
        }
        queue.goOn(remembered.get());
        return Uni.createFrom().voidItem();
    }

    /** An upgrade may have taken away the operation, or what its arguments may be. */
    private Uni<Void> abandon(LedgerEntry entry, int partition, Running.Fence fence) {
        LedgerEntry.Request request = entry.request().orElseThrow();
        Command command = Json.read(request.command(), Command.class);
        String what = command.tool() + " " + command.action();
        boolean begun = entry.phase() == LedgerEntry.Phase.BEGUN;
        Failure failure = begun
                ? Failure.of(
                        Category.INTERRUPTED,
                        "The worker that had begun with it was replaced by one that does not take " + what
                                + " with these arguments and cannot tell how far it came.",
                        "Look at the target before asking again.")
                : Failure.of(
                        Category.INTERRUPTED,
                        "While it waited the worker was replaced by one that does not take " + what
                                + " with these arguments. Nothing was run.",
                        "Ask again, with arguments that are taken now.");
        return outcomes.end(entry, request, partition, fence, begun ? State.INDETERMINATE : State.REJECTED, failure);
    }
}
