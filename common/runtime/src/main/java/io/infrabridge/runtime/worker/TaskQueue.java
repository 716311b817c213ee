package io.infrabridge.runtime.worker;

import io.infrabridge.contract.State;
import io.smallrye.mutiny.Uni;
import org.jboss.logging.Logger;

/** Takes each task once, into the lane of its target, and executes it when its turn has come. */
final class TaskQueue {
    private static final Logger LOG = Logger.getLogger(TaskQueue.class);

    private final Tasks tasks;
    private final Lanes lanes;
    private final Executor executor;
    private final WaitingRoom room;
    private final Outcomes outcomes;

    TaskQueue(Tasks tasks, Lanes lanes, Executor executor, WaitingRoom room, Outcomes outcomes) {
        this.tasks = tasks;
        this.lanes = lanes;
        this.executor = executor;
        this.room = room;
        this.outcomes = outcomes;
    }

    /**
     * Done when the task's offset may be committed.
     *
     * @param admission whether there is room for it; one for which there is none is ended by it
     */
    Uni<Void> start(Task task, Uni<Boolean> admission) {
        if (!tasks.begin(task)) {
            return Uni.createFrom().voidItem();
        }
        Uni<Boolean> drawn = admission
                .invoke(admitted -> {
                    if (!admitted) {
                        tasks.end(task);
                    }
                })
                .onFailure()
                .invoke(failure -> tasks.end(task));
        return task.change()
                ? startChange(task, drawn)
                : drawn.chain(admitted ->
                        admitted ? startRead(task) : Uni.createFrom().voidItem());
    }

    /** Puts a change that is in the ledger into its lane. */
    void goOn(Task task) {
        if (tasks.begin(task)) {
            lanes.submit(task.command().target(), true, () -> execute(task));
        }
    }

    private Uni<Void> startRead(Task task) {
        return Uni.createFrom()
                .<Boolean>emitter(emitter -> {
                    boolean room = lanes.offer(
                            task.command().target(),
                            false,
                            () -> execute(task).onTermination().invoke(() -> emitter.complete(true)));
                    if (!room) {
                        emitter.complete(false);
                    }
                })
                .chain(room -> room ? Uni.createFrom().voidItem() : refuseForLackOfRoom(task));
    }

    /**
     * The place in the lane is taken here, on the consumer's thread, because claims end in any order and changes of one
     * target must not; the claim begins at once, so that the offset need not wait for the lane.
     */
    private Uni<Void> startChange(Task task, Uni<Boolean> drawn) {
        Uni<Boolean> claimed = drawn.chain(admitted -> admitted
                        ? outcomes.claim(task).replaceWith(true)
                        : Uni.createFrom().item(false))
                .onFailure()
                .invoke(failure -> tasks.end(task))
                .memoize()
                .indefinitely();
        boolean room = lanes.offer(
                task.command().target(),
                true,
                () -> claimed.chain(
                        mine -> mine ? execute(task) : Uni.createFrom().voidItem()));
        return room ? claimed.replaceWithVoid() : refuseForLackOfRoom(task);
    }

    /** A target that hangs keeps neither offsets nor memory from the others. */
    private Uni<Void> refuseForLackOfRoom(Task task) {
        return outcomes.refuse(
                        task, State.REJECTED, Lanes.crowded(task.command().target()))
                .onTermination()
                .invoke(() -> tasks.end(task))
                .replaceWithVoid();
    }

    private Uni<Void> execute(Task task) {
        return Uni.createFrom()
                .deferred(() -> task.clearance().awaited()
                        ? executor.foresee(task, ended -> room.enter(task, ended.steps()))
                        : executor.execute(task))
                .onFailure()
                .invoke(failure ->
                        LOG.warnf("%s has no outcome here: %s", task.command().id(), failure.getMessage()))
                .onTermination()
                .invoke(() -> tasks.end(task));
    }
}
