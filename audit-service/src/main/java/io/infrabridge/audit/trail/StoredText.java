package io.infrabridge.audit.trail;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.infrabridge.contract.Json;
import org.jspecify.annotations.Nullable;

/**
 * Text as PostgreSQL can hold it. What a stranger writes to a topic must never make an insert fail, since the record behind it
 * would wait for ever: neither text nor jsonb holds NUL or half a surrogate pair, and an index row has at most 2,700 bytes.
 */
final class StoredText {
    static final int LONGEST_INDEXED = 512;

    private static final char REPLACEMENT = '\uFFFD';

    private StoredText() {}

    static @Nullable String ofNullable(@Nullable String text, int longest) {
        return text == null ? null : of(text, longest);
    }

    static String of(String text, int longest) {
        return clean(text.length() <= longest ? text : text.substring(0, longest));
    }

    static String json(JsonNode node) {
        return Json.text(clean(node));
    }

    private static JsonNode clean(JsonNode node) {
        if (node.isTextual()) {
            return Json.tree(clean(node.textValue()));
        }
        if (node instanceof ObjectNode object) {
            ObjectNode cleaned = Json.object();
            object.properties().forEach(entry -> cleaned.set(clean(entry.getKey()), clean(entry.getValue())));
            return cleaned;
        }
        if (node instanceof ArrayNode array) {
            ArrayNode cleaned = Json.object().arrayNode();
            array.forEach(element -> cleaned.add(clean(element)));
            return cleaned;
        }
        return node;
    }

    private static String clean(String text) {
        StringBuilder cleaned = null;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (Character.isHighSurrogate(c) && i + 1 < text.length() && Character.isLowSurrogate(text.charAt(i + 1))) {
                i++;
            } else if (c == 0 || Character.isSurrogate(c)) {
                cleaned = cleaned == null ? new StringBuilder(text) : cleaned;
                cleaned.setCharAt(i, REPLACEMENT);
            }
        }
        return cleaned == null ? text : cleaned.toString();
    }
}
