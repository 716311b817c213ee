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
    private static final Map<EventType, String> NAMES = Map.of(
            EventType.COMMAND, "command",
            EventType.CANCEL, "cancel",
            EventType.RESULT, "operation",
            EventType.PROGRESS, "progress",
            EventType.HEALTH, "health-event",
            EventType.CATALOGUE, "catalogue-announcement",
            EventType.HEARTBEAT, "heartbeat",
            EventType.DEAD_LETTER, "dead-letter",
            EventType.SECURITY, "security-event",
            EventType.AUDIT_CHECKPOINT, "audit-checkpoint");

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
