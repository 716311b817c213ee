package io.infrabridge.audit.trail;

import io.infrabridge.contract.Envelope;
import io.infrabridge.contract.Json;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;

/** The headers of a record as text; of a repeated one the last stands, as for everybody else. */
record Headers(Map<String, String> values) {
    private static final Pattern TRACEPARENT = Pattern.compile("[0-9a-f]{2}-([0-9a-f]{32})-[0-9a-f]{16}-[0-9a-f]{2}.*");
    private static final int LONGEST = 4000;

    static Headers of(Iterable<Header> headers) {
        Map<String, String> values = new LinkedHashMap<>();
        for (Header header : headers) {
            if (header.value() != null) {
                values.put(header.key(), new String(header.value(), StandardCharsets.UTF_8));
            }
        }
        return new Headers(values);
    }

    @Nullable
    String get(String name) {
        return values.get(name);
    }

    Optional<String> traceId() {
        Matcher matcher = TRACEPARENT.matcher(values.getOrDefault(Envelope.TRACEPARENT_HEADER, ""));
        return matcher.matches() ? Optional.of(matcher.group(1)) : Optional.empty();
    }

    String json() {
        Map<String, String> shortened = new LinkedHashMap<>();
        values.forEach((name, value) -> shortened.put(StoredText.of(name, 200), StoredText.of(value, LONGEST)));
        return StoredText.json(Json.tree(shortened));
    }
}
