package io.infrabridge.gateway.rest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.infrabridge.contract.Category;
import io.infrabridge.contract.InvalidContract;
import io.infrabridge.contract.Json;
import io.infrabridge.gateway.command.OperationRequest;
import io.infrabridge.gateway.problem.Nearest;
import io.infrabridge.gateway.problem.Outcome;
import io.infrabridge.gateway.problem.PropertyError;
import io.infrabridge.gateway.problem.Refusal;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads a request strictly: a misspelt {@code dry_run} that is silently ignored would change what should only be planned. */
final class RequestBody {
    private static final List<String> PROPERTIES = List.of("tool", "arguments", "dry_run", "reason", "timeout_seconds");
    private static final int LONGEST_TIMEOUT = 86_400;

    private RequestBody() {}

    static Outcome<ObjectNode> object(byte @Nullable [] body) {
        if (body == null || body.length == 0) {
            return Outcome.passed(Json.object());
        }
        try {
            return Json.parse(body) instanceof ObjectNode object
                    ? Outcome.passed(object)
                    : Outcome.refused(
                            Refusal.of(Category.INVALID_REQUEST, "The body is not a JSON object.", "Send an object."));
        } catch (InvalidContract e) {
            return Outcome.refused(Refusal.of(
                    Category.INVALID_REQUEST, "The body is not valid JSON: " + e.getMessage(), "Send valid JSON."));
        }
    }

    static Outcome<OperationRequest> operation(byte @Nullable [] body, Optional<String> idempotencyKey) {
        return object(body).then(RequestBody::known).then(object -> checked(object, idempotencyKey));
    }

    private static Outcome<ObjectNode> known(ObjectNode body) {
        for (var names = body.fieldNames(); names.hasNext(); ) {
            String name = names.next();
            if (!PROPERTIES.contains(name)) {
                String meant = Nearest.to(name, PROPERTIES)
                        .map(word -> " Did you mean " + word + "?")
                        .orElse("");
                return Outcome.refused(Refusal.of(
                        Category.UNKNOWN_PROPERTY,
                        "The request has a property that is not known: " + name + "." + meant,
                        "Use only " + String.join(", ", PROPERTIES) + "; the tool's own arguments go into arguments.",
                        PropertyError.of("/" + name, "is not known", "one of " + String.join(", ", PROPERTIES))));
            }
        }
        return Outcome.passed(body);
    }

    private static Outcome<OperationRequest> checked(ObjectNode body, Optional<String> key) {
        JsonNode tool = body.path("tool");
        JsonNode arguments = body.path("arguments");
        JsonNode dryRun = body.path("dry_run");
        JsonNode reason = body.path("reason");
        JsonNode timeout = body.path("timeout_seconds");
        if (tool.isMissingNode()) {
            return wrong(Category.MISSING_PROPERTY, "tool", "is missing", "the name of a tool", Json.tree("nfs_mount"));
        }
        if (!tool.isTextual() || tool.asText().isBlank()) {
            return wrong(
                    Category.INVALID_REQUEST, "tool", "is not a name", "the name of a tool", Json.tree("nfs_mount"));
        }
        if (!absent(arguments) && !arguments.isObject()) {
            return wrong(Category.INVALID_REQUEST, "arguments", "is not an object", "an object", Json.object());
        }
        if (!absent(dryRun) && !dryRun.isBoolean()) {
            return wrong(Category.INVALID_REQUEST, "dry_run", "is not a boolean", "true or false", Json.tree(true));
        }
        if (!absent(reason) && !(reason.isTextual() && reason.asText().length() <= 2000)) {
            return wrong(
                    Category.INVALID_REQUEST,
                    "reason",
                    "is no text of that length",
                    "text of up to 2000 characters",
                    Json.tree("planned maintenance"));
        }
        if (!absent(timeout)
                && !(timeout.isIntegralNumber() && timeout.asLong() >= 1 && timeout.asLong() <= LONGEST_TIMEOUT)) {
            return wrong(
                    Category.INVALID_REQUEST,
                    "timeout_seconds",
                    "is out of range",
                    "an integer from 1 to 86400",
                    Json.tree(60));
        }
        if (key.isPresent() && (key.get().isBlank() || key.get().length() > 256)) {
            return wrong(
                    Category.INVALID_REQUEST,
                    "Idempotency-Key",
                    "is no text of that length",
                    "text of 1 to 256 characters",
                    Json.tree("order-4711"));
        }
        return Outcome.passed(new OperationRequest(
                tool.asText(),
                arguments.isObject() ? (ObjectNode) arguments : Json.object(),
                dryRun.asBoolean(false),
                Optional.of(reason.asText("")).filter(text -> !text.isBlank() && !reason.isNull()),
                timeout.isIntegralNumber() ? Optional.of(timeout.asInt()) : Optional.empty(),
                key,
                false));
    }

    private static boolean absent(JsonNode node) {
        return node.isMissingNode() || node.isNull();
    }

    private static <T> Outcome<T> wrong(
            Category category, String property, String message, String expected, JsonNode example) {
        return Outcome.refused(Refusal.of(
                category,
                property + " " + message + ".",
                "Expected: " + expected + ".",
                new PropertyError("/" + property, message, Optional.of(expected), Optional.of(example))));
    }
}
