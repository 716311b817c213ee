package io.infrabridge.gateway.command;

import io.infrabridge.contract.Domain;
import io.infrabridge.contract.Operation;
import io.infrabridge.gateway.catalogue.Catalogue;
import io.infrabridge.gateway.catalogue.Tool;
import io.infrabridge.trust.signature.TrustedKey;
import jakarta.inject.Singleton;
import java.util.Optional;

/** Tells which key may speak about an operation: one of a worker of the domain that its tool belongs to. */
@Singleton
final class Authorship {
    private final RecentOperations operations;
    private final Catalogue catalogue;

    Authorship(RecentOperations operations, Catalogue catalogue) {
        this.operations = operations;
        this.catalogue = catalogue;
    }

    boolean isWorkerOf(TrustedKey key, Operation operation) {
        Optional<Domain> domain = domain(operation);
        return key.kind() == TrustedKey.Kind.WORKER
                && domain.isPresent()
                && domain.map(Domain::name).equals(key.domain());
    }

    /** Where its command was or would be sent; nothing while no worker has announced its tool. */
    Optional<Domain> domain(Operation operation) {
        return operations
                .find(operation.id())
                .flatMap(Known::sent)
                .map(Known.Sent::domain)
                .or(() -> catalogue.tool(operation.tool()).map(Tool::domain));
    }
}
