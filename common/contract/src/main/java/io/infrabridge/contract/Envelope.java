package io.infrabridge.contract;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The CloudEvents 1.0 attributes of a message in Kafka's binary mode: each attribute is a record header.
 *
 * @param id unique with {@code source}; a redelivered message keeps it
 * @param source the service that sends, as a URI reference such as {@code /gateway}
 * @see <a href="https://github.com/cloudevents/spec/blob/v1.0.2/cloudevents/bindings/kafka-protocol-binding.md">Kafka binding</a>
 */
public record Envelope(String id, String source, EventType type, Instant time) {
    public static final String KEY_ID_HEADER = "keyid";
    public static final String SIGNATURE_HEADER = "signature";
    public static final String TRACEPARENT_HEADER = "traceparent";

    private static final String SPEC_VERSION = "1.0";

    public Envelope {
        Require.id(id, "ce_id");
        Require.text(source, "ce_source", 256);
        Require.present(type, "ce_type");
        Require.present(time, "ce_time");
    }

    public Map<String, byte[]> headers() {
        Map<String, byte[]> headers = new LinkedHashMap<>();
        headers.put("ce_specversion", utf8(SPEC_VERSION));
        headers.put("ce_id", utf8(id));
        headers.put("ce_source", utf8(source));
        headers.put("ce_type", utf8(type.type()));
        headers.put("ce_time", utf8(time.toString()));
        headers.put("content-type", utf8("application/json"));
        return headers;
    }

    /** Reads the attributes from record headers, given as text; {@link InvalidContract} names the one that is wrong. */
    public static Envelope from(Map<String, String> headers) {
        if (!SPEC_VERSION.equals(headers.get("ce_specversion"))) {
            throw new InvalidContract("ce_specversion", "must be " + SPEC_VERSION);
        }
        EventType type = EventType.of(Require.present(headers.get("ce_type"), "ce_type"))
                .orElseThrow(() -> new InvalidContract("ce_type", "is not known: " + headers.get("ce_type")));
        return new Envelope(
                Require.present(headers.get("ce_id"), "ce_id"),
                Require.present(headers.get("ce_source"), "ce_source"),
                type,
                time(headers.get("ce_time")));
    }

    private static Instant time(@org.jspecify.annotations.Nullable String text) {
        try {
            return java.time.OffsetDateTime.parse(Require.present(text, "ce_time"))
                    .toInstant();
        } catch (java.time.DateTimeException e) {
            throw new InvalidContract("ce_time", "is not an RFC 3339 time: " + text);
        }
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
