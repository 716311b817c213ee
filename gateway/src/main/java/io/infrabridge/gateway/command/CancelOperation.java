package io.infrabridge.gateway.command;

import io.infrabridge.contract.Cancel;
import io.infrabridge.contract.Category;
import io.infrabridge.contract.Envelope;
import io.infrabridge.contract.EventType;
import io.infrabridge.contract.Operation;
import io.infrabridge.contract.OperationDescriptor;
import io.infrabridge.contract.Topics;
import io.infrabridge.gateway.catalogue.Catalogue;
import io.infrabridge.gateway.catalogue.Tool;
import io.infrabridge.gateway.problem.Outcome;
import io.infrabridge.gateway.problem.Refusal;
import io.infrabridge.gateway.security.Caller;
import io.infrabridge.gateway.security.ServiceName;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/** Asks the worker that owns an operation to stop it; who may do an action may also stop it. */
@Singleton
public final class CancelOperation {
    private final FindOperation finder;
    private final Catalogue catalogue;
    private final RequestResolver resolver;
    private final SignedPublisher publisher;
    private final RecentOperations operations;

    CancelOperation(
            FindOperation finder,
            Catalogue catalogue,
            RequestResolver resolver,
            SignedPublisher publisher,
            RecentOperations operations) {
        this.finder = finder;
        this.catalogue = catalogue;
        this.resolver = resolver;
        this.publisher = publisher;
        this.operations = operations;
    }

    /** The operation after the request to stop it was published; it goes on until its worker says how it ended. */
    public Uni<Outcome<Operation>> cancel(String id, Optional<String> reason, Caller caller) {
        return finder.find(id).chain(found -> {
            Outcome<Tool> tool = found.then(operation -> stoppable(operation, caller));
            if (tool instanceof Outcome.Refused<Tool> refused) {
                return Uni.createFrom().item(Outcome.refused(refused.refusal()));
            }
            Operation operation = ((Outcome.Passed<Operation>) found).value();
            return publish(operation, ((Outcome.Passed<Tool>) tool).value(), reason, caller);
        });
    }

    private Outcome<Tool> stoppable(Operation operation, Caller caller) {
        if (operation.state().terminal()) {
            return Outcome.refused(Refusal.of(
                    Category.CONFLICT,
                    "The operation has already ended: " + operation.state() + ".",
                    "There is nothing left to cancel."));
        }
        Optional<Tool> tool = catalogue.tool(operation.tool());
        Optional<OperationDescriptor> action = tool.flatMap(known -> known.action(operation.action()));
        if (action.isEmpty()) {
            return Outcome.refused(Refusal.of(
                    Category.WORKER_UNAVAILABLE,
                    "No worker offers " + operation.tool() + " " + operation.action() + " any more.",
                    "Try again when its worker is back."));
        }
        return resolver.mayStop(action.get(), operation.target(), caller)
                .then(target -> Outcome.passed(tool.orElseThrow()));
    }

    private Uni<Outcome<Operation>> publish(Operation operation, Tool tool, Optional<String> reason, Caller caller) {
        Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
        Cancel cancel = new Cancel(
                OperationId.at(now),
                ServiceName.GATEWAY,
                operation.id(),
                operation.issuer(),
                operation.target(),
                caller.name(),
                caller.roles(),
                reason,
                now);
        return publisher
                .publish(
                        Topics.commands(tool.domain()),
                        operation.target(),
                        new Envelope(cancel.id(), "/" + ServiceName.GATEWAY, EventType.CANCEL, now),
                        cancel)
                .map(done -> cancelling(operation))
                .onFailure(BusUnavailable.class)
                .recoverWithItem(failure -> Outcome.refused(Refusal.of(
                        Category.BUS_UNAVAILABLE,
                        "The cancellation could not be published: " + failure.getMessage(),
                        "Try again in a moment; a second cancellation does no harm.")));
    }

    private Outcome<Operation> cancelling(Operation operation) {
        operations.cancelling(operation.id());
        return Outcome.passed(
                operations.find(operation.id()).map(Known::operation).orElse(operation));
    }
}
