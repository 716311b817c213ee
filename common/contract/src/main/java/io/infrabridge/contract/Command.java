package io.infrabridge.contract;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * What a caller asks for: one action of one tool on one target, once, before its deadline.
 *
 * @param id chosen by the issuer, unique with it; also the operation's id for callers
 * @param issuer the service that signs the record; must own the key that the signature names
 * @param action the action's name in the catalogue, such as {@code mount} or {@code package.install}
 * @param arguments the tool's own arguments as the caller gave them
 * @param target the inventory name of a host or cluster, or {@code localhost}; also the record's key
 * @param deadline after it nothing is started; a worker that reads the command later answers {@code TIMED_OUT}
 */
public record Command(
        String id,
        String issuer,
        String tool,
        String action,
        JsonNode arguments,
        String target,
        String caller,
        Set<String> roles,
        Optional<String> reason,
        Optional<String> idempotencyKey,
        boolean dryRun,
        Instant createdAt,
        Instant deadline,
        Optional<String> parentId) {
    public Command {
        Require.id(id, "id");
        Require.name(issuer, "issuer");
        Require.id(tool, "tool");
        Require.id(action, "action");
        Require.present(arguments, "arguments");
        if (!arguments.isObject()) {
            throw new InvalidContract("arguments", "must be an object");
        }
        Require.name(target, "target");
        Require.text(caller, "caller", 256);
        roles = Require.set(roles);
        reason.ifPresent(text -> Require.text(text, "reason", 2000));
        idempotencyKey.ifPresent(key -> Require.text(key, "idempotency_key", 256));
        Require.present(createdAt, "created_at");
        Require.present(deadline, "deadline");
        parentId.ifPresent(parent -> Require.id(parent, "parent_id"));
    }
}
