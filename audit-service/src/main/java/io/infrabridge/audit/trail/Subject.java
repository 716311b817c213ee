package io.infrabridge.audit.trail;

import com.fasterxml.jackson.databind.JsonNode;
import io.infrabridge.contract.EventType;
import io.infrabridge.contract.State;
import jakarta.persistence.Embeddable;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/**
 * Who wanted what, where and how it ended: the properties of a message that are searched for.
 *
 * @param state of a command {@code ACCEPTED}, of a result its state, of a health event its status in capitals
 * @param privilege why something of it ran as root, each reason once; absent where nothing did
 */
@Embeddable
public record Subject(
        @Nullable String operationId,
        @Nullable String issuer,
        @Nullable String tool,
        @Nullable String action,
        @Nullable String target,
        @Nullable String caller,
        String @Nullable [] roles,
        @Nullable String state,
        @Nullable Boolean dryRun,
        @Nullable String reason,
        @Nullable String privilege) {
    static final Subject UNKNOWN = new Subject(null, null, null, null, null, null, null, null, null, null, null);

    /** Reads them from any message, also from one of a type that is newer than this service. */
    static Subject of(String type, JsonNode message) {
        boolean command = type.equals(EventType.COMMAND.type());
        boolean isOperation =
                command || type.equals(EventType.RESULT.type()) || type.equals(EventType.APPROVAL_REQUESTED.type());
        String issuer = text(message, "issuer");
        return new Subject(
                text(message, isOperation ? "id" : "operation_id"),
                issuer == null ? text(message, "worker") : issuer,
                text(message, "tool"),
                text(message, "action"),
                text(message, "target"),
                text(message, "caller"),
                roles(message.path("roles")),
                command ? State.ACCEPTED.name() : state(message),
                message.path("dry_run").isBoolean() ? message.path("dry_run").booleanValue() : null,
                StoredText.ofNullable(message.path("reason").textValue(), 2000),
                privilege(message));
    }

    /** A dry run, and a plan that waits for approval, only say what would run as root. */
    private static @Nullable String privilege(JsonNode message) {
        String reasons = StreamSupport.stream(message.path("steps").spliterator(), false)
                .filter(step -> step.has("duration_ms"))
                .map(step -> step.path("sudo").asText())
                .filter(reason -> !reason.isBlank())
                .distinct()
                .collect(Collectors.joining("; "));
        return reasons.isEmpty() || message.path("dry_run").asBoolean() ? null : StoredText.of(reasons, 2000);
    }

    private static @Nullable String state(JsonNode message) {
        String state = text(message, "state");
        String status = text(message, "status");
        return state != null || status == null ? state : status.toUpperCase(Locale.ROOT);
    }

    private static String @Nullable [] roles(JsonNode roles) {
        if (!roles.isArray()) {
            return null;
        }
        return StreamSupport.stream(roles.spliterator(), false)
                .limit(100)
                .map(role -> StoredText.of(role.asText(), StoredText.LONGEST_INDEXED))
                .toArray(String[]::new);
    }

    private static @Nullable String text(JsonNode message, String property) {
        return StoredText.ofNullable(message.path(property).textValue(), StoredText.LONGEST_INDEXED);
    }
}
