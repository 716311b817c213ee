package io.infrabridge.runtime.worker;

import io.infrabridge.contract.Command;
import io.infrabridge.contract.Json;
import io.infrabridge.contract.Risk;
import io.infrabridge.runtime.catalogue.ArgumentDecoder;
import io.infrabridge.runtime.catalogue.InvalidArguments;
import io.infrabridge.runtime.catalogue.OperationCatalogue;
import io.infrabridge.runtime.execution.Cancellation;
import io.infrabridge.runtime.execution.Running;
import io.infrabridge.runtime.operation.Operation;
import java.util.Map;
import java.util.Optional;

/** Makes tasks of commands, those that have just come and those that the ledger remembers. */
final class TaskReader {
    private final OperationCatalogue catalogue;
    private final ArgumentDecoder decoder;
    private final Permissions permissions;

    TaskReader(OperationCatalogue catalogue, ArgumentDecoder decoder, Permissions permissions) {
        this.catalogue = catalogue;
        this.decoder = decoder;
        this.permissions = permissions;
    }

    /** The task of an admitted command; throws {@link InvalidArguments}. */
    Task received(Incoming.Admitted admitted, Received record, Running.Fence fence) {
        Command command = admitted.command();
        // the gatekeeper admits only what the catalogue has
        Operation<?, ?, ?> operation =
                catalogue.find(command.tool(), command.action()).orElseThrow();
        return task(
                command,
                record.value(),
                record.headers(),
                record.partition(),
                operation,
                Clearance.needing(admitted.approval()),
                Standing.of(admitted, () -> permissions.of(command)),
                fence);
    }

    /** Nothing where it has ended, or where this worker does not have the operation or does not take such arguments. */
    Optional<Task> remembered(LedgerEntry entry, int partition, Running.Fence fence) {
        return entry.request().flatMap(request -> {
            Command command = Json.read(request.command(), Command.class);
            try {
                return catalogue
                        .find(command.tool(), command.action())
                        .map(operation -> task(
                                command,
                                request.command(),
                                request.headers(),
                                partition,
                                operation,
                                entry.clearance(),
                                Standing.remembered(() -> permissions.of(command)),
                                fence));
            } catch (InvalidArguments e) {
                return Optional.empty();
            }
        });
    }

    /** What this worker does not know may have been a change. */
    boolean mayChange(Command command) {
        return !command.dryRun()
                && catalogue
                        .find(command.tool(), command.action())
                        .filter(operation -> operation.spec().risk() == Risk.READ)
                        .isEmpty();
    }

    private Task task(
            Command command,
            byte[] value,
            Map<String, String> headers,
            int partition,
            Operation<?, ?, ?> operation,
            Clearance clearance,
            Standing standing,
            Running.Fence fence) {
        Record input = decoder.decode(operation.spec(), command.arguments());
        boolean change = operation.spec().risk() != Risk.READ && !command.dryRun();
        return new Task(
                command,
                value,
                headers,
                partition,
                operation,
                input,
                change,
                clearance,
                standing,
                fence,
                new Cancellation(),
                TraceHeaders.read(headers));
    }
}
