package io.infrabridge.runtime.worker;

import io.infrabridge.contract.Category;
import io.infrabridge.contract.Failure;
import io.infrabridge.runtime.catalogue.InvalidArguments;
import io.infrabridge.runtime.execution.Running;
import io.smallrye.mutiny.Uni;
import java.util.Optional;

/**
 * Sends each record on its way: admitted commands into the lane of their target, cancels and decisions past it, and everything
 * else back or aside. The returned Uni ends when the record's offset may be committed.
 */
final class Dispatcher {
    /** What is written of a change, its command among it, must fit into one record of the ledger. */
    private static final int LARGEST_CHANGE = 250_000;

    private final Gatekeeper gatekeeper;
    private final TaskReader reader;
    private final TurnedAway turnedAway;
    private final Admission admission;
    private final ControlMessages controls;

    Dispatcher(
            Gatekeeper gatekeeper,
            TaskReader reader,
            TurnedAway turnedAway,
            Admission admission,
            ControlMessages controls) {
        this.gatekeeper = gatekeeper;
        this.reader = reader;
        this.turnedAway = turnedAway;
        this.admission = admission;
        this.controls = controls;
    }

    Uni<Void> dispatch(Received record, Running.Fence fence) {
        Incoming incoming = gatekeeper.admit(record);
        if (incoming instanceof Incoming.Admitted admitted) {
            return admitted(admitted, record, fence);
        }
        if (incoming instanceof Incoming.CancelRequested requested) {
            return controls.cancel(requested.cancel(), record, fence);
        }
        if (incoming instanceof Incoming.Decided decided) {
            return controls.decide(decided, record, fence)
                    .invoke(approved -> approved.ifPresent(admission.queue()::goOn))
                    .replaceWithVoid();
        }
        if (incoming instanceof Incoming.Refused refused) {
            return turnedAway.refuse(refused, record, fence);
        }
        return turnedAway.setAside(record, ((Incoming.Unbelievable) incoming).failure());
    }

    private Uni<Void> admitted(Incoming.Admitted admitted, Received record, Running.Fence fence) {
        Task task;
        try {
            task = reader.received(admitted, record, fence);
        } catch (InvalidArguments e) {
            return turnedAway.refuse(new Incoming.Refused(admitted.command(), e.failure()), record, fence);
        }
        if (!task.change()) {
            return admission.start(task);
        }
        if (record.value().length > LARGEST_CHANGE) {
            Failure tooLarge = Failure.of(
                    Category.PAYLOAD_TOO_LARGE,
                    "The command has " + record.value().length + " bytes and " + LARGEST_CHANGE
                            + " are the most for a change.",
                    "Ask for less at once.");
            return turnedAway.refuse(new Incoming.Refused(admitted.command(), tooLarge), record, fence);
        }
        Optional<Uni<Void>> known = turnedAway.again(admitted.command(), record);
        return known.orElseGet(() -> admission.start(task));
    }
}
