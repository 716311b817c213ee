package io.infrabridge.runtime.worker;

import io.infrabridge.contract.Category;
import io.infrabridge.contract.Command;
import io.infrabridge.contract.Failure;
import io.infrabridge.contract.State;
import io.infrabridge.runtime.catalogue.InvalidArguments;
import io.infrabridge.runtime.execution.Running;
import io.opentelemetry.context.Context;
import io.smallrye.mutiny.Uni;
import java.util.Optional;
import org.jboss.logging.Logger;

/**
 * Sends each record on its way: admitted commands into the lane of their target, cancels past it, and everything else
 * back or aside. The returned Uni ends when the record's offset may be committed.
 */
final class Dispatcher {
    private static final Logger LOG = Logger.getLogger(Dispatcher.class);

    private final Gatekeeper gatekeeper;
    private final Ledger ledger;
    private final Executor executor;
    private final Answers answers;
    private final Routes routes;

    Dispatcher(Gatekeeper gatekeeper, Ledger ledger, Executor executor, Answers answers, Routes routes) {
        this.gatekeeper = gatekeeper;
        this.ledger = ledger;
        this.executor = executor;
        this.answers = answers;
        this.routes = routes;
    }

    /** How tasks are made and where they go. */
    record Routes(
            TaskReader reader,
            Allowances allowances,
            Lanes lanes,
            Tasks tasks,
            Approvals approvals,
            ControlMessages controls) {}

    Uni<Void> dispatch(Received record, Running.Fence fence) {
        Incoming incoming = gatekeeper.admit(record);
        if (incoming instanceof Incoming.Admitted admitted) {
            return admitted(admitted, record, fence);
        }
        if (incoming instanceof Incoming.CancelRequested requested) {
            return routes.controls().cancel(requested.cancel(), record, fence);
        }
        if (incoming instanceof Incoming.Decided decided) {
            return routes.controls()
                    .decide(decided, record, fence)
                    .invoke(approved -> approved.ifPresent(this::enqueue))
                    .replaceWithVoid();
        }
        if (incoming instanceof Incoming.Refused refused) {
            return refuse(refused, record);
        }
        return answers.setAside(record, ((Incoming.Unbelievable) incoming).failure());
    }

    private Uni<Void> admitted(Incoming.Admitted admitted, Received record, Running.Fence fence) {
        Task task;
        try {
            task = routes.reader().received(admitted, record, fence);
        } catch (InvalidArguments e) {
            return refuse(new Incoming.Refused(admitted.command(), e.failure()), record);
        }
        if (task.change()) {
            Optional<LedgerEntry> known = ledger.find(record.partition(), task.key());
            if (known.isPresent()) {
                return seenBefore(known.get(), record);
            }
        }
        return start(task);
    }

    private Uni<Void> seenBefore(LedgerEntry known, Received record) {
        if (!known.requestHash().equals(RequestHash.of(record.value()))) {
            return answers.setAside(
                    record,
                    Failure.of(
                            Category.CONFLICT,
                            "The id " + known.id() + " was used for another command.",
                            "Choose a new id for every command."));
        }
        // still running here or resumed on assignment: its result will come
        return known.result()
                .map(result -> answers.publishResult(known.id(), result, TraceHeaders.read(record.headers())))
                .orElseGet(() -> Uni.createFrom().voidItem());
    }

    private Uni<Void> start(Task task) {
        if (!routes.tasks().begin(task)) {
            return Uni.createFrom().voidItem();
        }
        if (task.change()) {
            return startChange(task);
        }
        return drawn(task)
                .chain(room -> room ? startRead(task) : Uni.createFrom().voidItem());
    }

    private Uni<Void> startRead(Task task) {
        return Uni.createFrom()
                .<Boolean>emitter(emitter -> {
                    boolean room = routes.lanes()
                            .offer(
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
    private Uni<Void> startChange(Task task) {
        Uni<Boolean> claimed = drawn(task)
                .chain(room -> room
                        ? executor.claim(task).replaceWith(true)
                        : Uni.createFrom().item(false))
                .onFailure()
                .invoke(failure -> routes.tasks().end(task))
                .memoize()
                .indefinitely();
        boolean room = routes.lanes()
                .offer(
                        task.command().target(),
                        true,
                        () -> claimed.chain(
                                mine -> mine ? execute(task) : Uni.createFrom().voidItem()));
        return room ? claimed.replaceWithVoid() : refuseForLackOfRoom(task);
    }

    /** A target that hangs keeps neither offsets nor memory from the others. */
    private Uni<Void> refuseForLackOfRoom(Task task) {
        return executor.refuse(
                        task, State.REJECTED, Lanes.crowded(task.command().target()))
                .onTermination()
                .invoke(() -> routes.tasks().end(task))
                .replaceWithVoid();
    }

    /** Whether the task had room in its allowances; one that had none is ended, and its caller is told when to come again. */
    private Uni<Boolean> drawn(Task task) {
        return routes.allowances()
                .draw(task)
                .chain(verdict -> verdict.exhausted()
                        .map(exhausted -> executor.exhausted(task, exhausted).replaceWith(false))
                        .orElseGet(() -> Uni.createFrom().item(true)))
                .onItem()
                .invoke(room -> {
                    if (!room) {
                        routes.tasks().end(task);
                    }
                })
                .onFailure()
                .invoke(failure -> routes.tasks().end(task));
    }

    /** Puts a change that is in the ledger into the lane of its target. */
    void enqueue(Task task) {
        if (routes.tasks().begin(task)) {
            routes.lanes().submit(task.command().target(), true, () -> execute(task));
        }
    }

    private Uni<Void> execute(Task task) {
        return Uni.createFrom()
                .deferred(() -> task.clearance().awaited() ? routes.approvals().park(task) : executor.execute(task))
                .onFailure()
                .invoke(failure ->
                        LOG.warnf("%s has no outcome here: %s", task.command().id(), failure.getMessage()))
                .onTermination()
                .invoke(() -> routes.tasks().end(task));
    }

    /**
     * A refusal is an end like any other: a change that was refused is in the ledger, so that the same record cannot be written
     * to the topic once more when policy, clock or freeze would let it pass.
     */
    private Uni<Void> refuse(Incoming.Refused refused, Received record) {
        Command command = refused.command();
        Optional<LedgerEntry> known = ledger.find(record.partition(), LedgerEntry.key(command.issuer(), command.id()));
        if (known.isPresent()) {
            return seenBefore(known.get(), record);
        }
        Context trace = TraceHeaders.read(record.headers());
        byte[] result = answers.refusal(refused, trace);
        Uni<Void> recorded = routes.reader().mayChange(command)
                ? executor.recordRefusal(command, record, result)
                : Uni.createFrom().voidItem();
        return recorded.chain(() -> answers.publishResult(command.id(), result, trace));
    }
}
