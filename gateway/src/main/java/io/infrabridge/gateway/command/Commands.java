package io.infrabridge.gateway.command;

import com.fasterxml.jackson.databind.JsonNode;
import io.infrabridge.contract.Command;
import io.infrabridge.contract.Operation;
import io.infrabridge.gateway.security.Caller;
import io.infrabridge.gateway.security.ServiceName;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Makes the command for a request that was found to make sense. */
final class Commands {
    private Commands() {}

    static Command of(OperationRequest request, Resolved what, Caller caller) {
        Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
        return new Command(
                request.idempotencyKey()
                        .map(key -> OperationId.of(ServiceName.GATEWAY, caller.name(), key))
                        .orElseGet(() -> OperationId.at(now)),
                ServiceName.GATEWAY,
                what.action().tool(),
                what.action().action(),
                request.arguments(),
                what.target(),
                caller.name(),
                caller.roles(),
                request.reason(),
                request.idempotencyKey(),
                request.dryRun(),
                now,
                now.plusSeconds(request.timeoutSeconds().orElse(what.action().timeoutSeconds())),
                Optional.empty());
    }

    /** What makes two requests the same one; the order of properties does not. Empty where nobody will compare it. */
    static String hash(Command command) {
        return command.idempotencyKey().isEmpty()
                ? ""
                : OperationId.sha256(String.join(
                        "\0",
                        command.tool(),
                        command.action(),
                        command.target(),
                        Boolean.toString(command.dryRun()),
                        canonical(command.arguments())));
    }

    /** As near as an operation's document can tell; its arguments are not in it, and the worker compares them again. */
    static boolean alike(Operation operation, Command command) {
        return operation.tool().equals(command.tool())
                && operation.action().equals(command.action())
                && operation.target().equals(command.target())
                && operation.dryRun() == command.dryRun();
    }

    private static String canonical(JsonNode node) {
        if (node.isObject()) {
            SortedMap<String, String> sorted = new TreeMap<>();
            node.fields().forEachRemaining(field -> sorted.put(field.getKey(), canonical(field.getValue())));
            return sorted.toString();
        }
        if (node.isArray()) {
            List<String> items = new ArrayList<>();
            node.forEach(item -> items.add(canonical(item)));
            return items.toString();
        }
        return node.toString();
    }
}
