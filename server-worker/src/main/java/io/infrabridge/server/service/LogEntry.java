package io.infrabridge.server.service;

import com.fasterxml.jackson.databind.JsonNode;
import io.infrabridge.contract.InvalidContract;
import io.infrabridge.contract.Json;
import io.infrabridge.contract.Shortened;
import io.infrabridge.runtime.operation.UnexpectedOutput;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * One entry of the journal; see systemd.journal-fields(7).
 *
 * @param message absent where the journal does not hand it out because it is longer than 4096 bytes
 * @param pid of the process that wrote it, where one did
 * @param identifier the program, as it calls itself
 */
record LogEntry(
        Instant timestamp,
        Optional<LogLevel> priority,
        Optional<String> message,
        Optional<Long> pid,
        Optional<String> identifier) {
    private static final Pattern MICROSECONDS = Pattern.compile("[1-9][0-9]{12,15}");
    private static final Pattern PID = Pattern.compile("[1-9][0-9]{0,9}");
    private static final long MICROS = 1_000_000;

    /** One line of journalctl's output as JSON. */
    static LogEntry parse(String line) {
        JsonNode fields = fields(line);
        String moment = fields.path("__REALTIME_TIMESTAMP").asText();
        if (!MICROSECONDS.matcher(moment).matches()) {
            throw new UnexpectedOutput("journalctl: an entry without its time: " + Shortened.to(200, line));
        }
        long micros = Long.parseLong(moment);
        return new LogEntry(
                Instant.ofEpochSecond(micros / MICROS, micros % MICROS * 1000),
                LogLevel.numbered(fields.path("PRIORITY").asText()),
                text(fields.path("MESSAGE")),
                text(fields.path("_PID"))
                        .filter(digits -> PID.matcher(digits).matches())
                        .map(Long::parseLong),
                text(fields.path("SYSLOG_IDENTIFIER")));
    }

    private static JsonNode fields(String line) {
        try {
            JsonNode fields = Json.parse(line);
            if (fields.isObject()) {
                return fields;
            }
        } catch (InvalidContract e) {
            throw new UnexpectedOutput("journalctl: " + Shortened.to(200, line), e);
        }
        throw new UnexpectedOutput("journalctl: " + Shortened.to(200, line));
    }

    /** A text, the bytes of what is not printable, the first of several, or nothing for what is too long. */
    private static Optional<String> text(JsonNode field) {
        if (field.isTextual()) {
            return Optional.of(field.textValue());
        }
        if (!field.isArray() || field.isEmpty()) {
            return Optional.empty();
        }
        if (!field.path(0).isInt()) {
            return text(field.path(0));
        }
        byte[] bytes = new byte[field.size()];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) field.path(i).asInt('?');
        }
        return Optional.of(new String(bytes, StandardCharsets.UTF_8));
    }
}
