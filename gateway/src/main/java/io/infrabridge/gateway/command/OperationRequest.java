package io.infrabridge.gateway.command;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;

/**
 * What a caller asks for, before anybody has looked whether it can be done.
 *
 * @param readOnly whether it came in where nothing may be changed
 */
public record OperationRequest(
        String tool,
        ObjectNode arguments,
        boolean dryRun,
        Optional<String> reason,
        Optional<Integer> timeoutSeconds,
        Optional<String> idempotencyKey,
        boolean readOnly) {
    public static final String REMOTE_TARGET = "remote_target";

    Optional<String> remoteTarget() {
        return Optional.ofNullable(arguments.get(REMOTE_TARGET))
                .filter(node -> node.isTextual())
                .map(node -> node.asText());
    }
}
