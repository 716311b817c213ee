package io.infrabridge.contract;

import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * Asks the worker that owns an operation to stop it; signed, on the operation's own topic and key, past the target's queue.
 *
 * @param id of this message; {@code operationId} names what is to be stopped
 * @param operationIssuer the issuer of the command that is to be stopped
 */
public record Cancel(
        String id,
        String issuer,
        String operationId,
        String operationIssuer,
        String target,
        String caller,
        Set<String> roles,
        Optional<String> reason,
        Instant createdAt) {
    public Cancel {
        Require.id(id, "id");
        Require.name(issuer, "issuer");
        Require.id(operationId, "operation_id");
        Require.name(operationIssuer, "operation_issuer");
        Require.name(target, "target");
        Require.text(caller, "caller", 256);
        roles = Require.set(roles);
        reason.ifPresent(text -> Require.text(text, "reason", 2000));
        Require.present(createdAt, "created_at");
    }
}
