package io.infrabridge.gateway.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.infrabridge.contract.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Says in words, and by an example, what a JSON Schema accepts. */
final class ValueDescription {
    private ValueDescription() {}

    /** The schema of the value at a JSON Pointer, as far as {@code properties} and {@code items} lead there. */
    static Optional<JsonNode> at(JsonNode schema, String pointer) {
        JsonNode current = schema;
        for (String part : pointer.split("/")) {
            if (!part.isEmpty()) {
                String name = part.replace("~1", "/").replace("~0", "~");
                current = current.path("properties").has(name)
                        ? current.path("properties").path(name)
                        : current.path("items");
            }
        }
        return current.isObject() ? Optional.of(current) : Optional.empty();
    }

    static String expected(JsonNode schema) {
        if (schema.has("const")) {
            return plain(schema.get("const"));
        }
        if (schema.has("enum")) {
            List<String> values = new ArrayList<>();
            schema.get("enum").forEach(value -> values.add(plain(value)));
            return "one of " + String.join(", ", values);
        }
        StringBuilder words = new StringBuilder(plain(schema.path("type")));
        if (schema.path("type").asText().equals("array") && schema.has("items")) {
            words.append(" of ").append(expected(schema.get("items")));
        }
        limit(words, schema, "minimum", " from ");
        limit(words, schema, "maximum", " up to ");
        limit(words, schema, "minLength", ", at least this long: ");
        limit(words, schema, "maxLength", ", at most this long: ");
        limit(words, schema, "minItems", ", at least this many: ");
        limit(words, schema, "maxItems", ", at most this many: ");
        limit(words, schema, "pattern", " that matches ");
        limit(words, schema, "description", ": ");
        return words.toString();
    }

    /** A value that would do, where the schema is enough to know one. */
    static Optional<JsonNode> example(JsonNode schema) {
        for (String keyword : List.of("examples", "enum")) {
            if (schema.path(keyword).size() > 0) {
                return Optional.of(schema.get(keyword).get(0));
            }
        }
        for (String keyword : List.of("default", "const", "minimum", "maximum")) {
            if (schema.has(keyword)) {
                return Optional.of(schema.get(keyword));
            }
        }
        if (schema.has("pattern")) {
            return Optional.empty();
        }
        return switch (schema.path("type").asText()) {
            case "boolean" -> Optional.of(Json.tree(true));
            case "integer", "number" -> Optional.of(Json.tree(1));
            case "string" -> Optional.of(Json.tree("text"));
            case "array" -> Optional.of(array(schema));
            case "object" -> Optional.of(object(schema));
            default -> Optional.empty();
        };
    }

    private static ArrayNode array(JsonNode schema) {
        ArrayNode array = Json.object().arrayNode();
        example(schema.path("items")).ifPresent(array::add);
        return array;
    }

    private static ObjectNode object(JsonNode schema) {
        ObjectNode object = Json.object();
        schema.path("required")
                .forEach(name -> example(schema.path("properties").path(name.asText()))
                        .ifPresent(value -> object.set(name.asText(), value)));
        return object;
    }

    private static void limit(StringBuilder words, JsonNode schema, String keyword, String before) {
        if (schema.has(keyword)) {
            words.append(before).append(plain(schema.get(keyword)));
        }
    }

    private static String plain(JsonNode value) {
        return value.isTextual() ? value.asText() : value.toString();
    }
}
