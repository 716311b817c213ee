package io.infrabridge.gateway.command;

import io.infrabridge.contract.Operation;
import io.infrabridge.gateway.audit.AuditService;
import io.infrabridge.gateway.problem.Outcome;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Optional;

/**
 * What the audit knows of an operation, for a request that repeats an earlier one. Asked with little patience: where the audit is away
 * the operation counts as unknown, and its worker knows it again.
 */
@Singleton
final class FormerOperations {
    private static final Duration PATIENCE = Duration.ofSeconds(1);

    private final AuditService audit;

    FormerOperations(AuditService audit) {
        this.audit = audit;
    }

    Uni<Optional<Operation>> find(String id) {
        return audit.operation(id)
                .map(answer -> answer instanceof Outcome.Passed<Optional<Operation>> passed
                        ? passed.value()
                        : Optional.<Operation>empty())
                .ifNoItem()
                .after(PATIENCE)
                .recoverWithItem(Optional.empty());
    }
}
