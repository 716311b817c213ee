package io.infrabridge.contract;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.assertj.core.api.Assertions;

/** Where the published documents and the examples of the tests lie. */
final class Documents {
    private static final Map<EventType, String> NAMES = Map.ofEntries(
            Map.entry(EventType.COMMAND, "command"),
            Map.entry(EventType.CANCEL, "cancel"),
            Map.entry(EventType.RESULT, "operation"),
            Map.entry(EventType.PROGRESS, "progress"),
            Map.entry(EventType.HEALTH, "health-event"),
            Map.entry(EventType.CATALOGUE, "catalogue-announcement"),
            Map.entry(EventType.HEARTBEAT, "heartbeat"),
            Map.entry(EventType.DEAD_LETTER, "dead-letter"),
            Map.entry(EventType.RESERVATION, "reservation"),
            Map.entry(EventType.APPROVAL_DECISION, "approval-decision"),
            Map.entry(EventType.APPROVAL_REQUESTED, "approval-requested"),
            Map.entry(EventType.APPROVAL_ANSWERED, "approval-answered"),
            Map.entry(EventType.SECURITY, "security-event"),
            Map.entry(EventType.AUDIT_CHECKPOINT, "audit-checkpoint"));

    private Documents() {}

    static Path folder() {
        return Path.of(System.getProperty("infrabridge.root", "../..")).resolve("docs");
    }

    static Path asyncApi() {
        return folder().resolve("asyncapi.yaml");
    }

    static Path schema(EventType type) {
        return folder().resolve("schemas").resolve(NAMES.get(type) + ".json");
    }

    /** A message of this type with every property filled in, as it is written by hand. */
    static JsonNode example(EventType type) {
        String name = type.name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
        try (InputStream file = Documents.class.getResourceAsStream("examples/" + name + ".json")) {
            Assertions.assertThat(file).as("example of " + type).isNotNull();
            return Json.parse(file.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static JsonNode parsed(Path file) {
        try {
            return Json.parse(Files.readAllBytes(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
