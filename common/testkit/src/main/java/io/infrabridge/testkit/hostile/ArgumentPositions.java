package io.infrabridge.testkit.hostile;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.infrabridge.contract.Json;
import java.util.ArrayList;
import java.util.List;

/** Where a value can stand in the arguments of an action, and arguments that are right, both made from its schema. */
public final class ArgumentPositions {
    /** What chooses the target, and what operations never see. */
    public static final JsonPointer TARGET = JsonPointer.compile("/remote_target");

    private ArgumentPositions() {}

    /** Every property, and every element of a list, at any depth. */
    public static List<JsonPointer> in(JsonNode schema) {
        List<JsonPointer> found = new ArrayList<>();
        below(schema, JsonPointer.empty(), found);
        return found;
    }

    private static void below(JsonNode schema, JsonPointer at, List<JsonPointer> found) {
        schema.path("properties").properties().forEach(property -> {
            JsonPointer place = at.appendProperty(property.getKey());
            found.add(place);
            below(property.getValue(), place, found);
        });
        if (schema.has("items")) {
            JsonPointer place = at.appendIndex(0);
            found.add(place);
            below(schema.path("items"), place, found);
        }
    }

    /** Arguments with every property, each as the schema's own example has it. */
    public static JsonNode sample(JsonNode schema) {
        for (String word : List.of("const", "default")) {
            if (schema.has(word)) {
                return schema.path(word);
            }
        }
        for (String words : List.of("examples", "enum")) {
            if (schema.has(words)) {
                return schema.path(words).path(0);
            }
        }
        if (schema.has("anyOf")) {
            return schema.path("anyOf")
                    .valueStream()
                    .filter(one -> !one.path("type").asText().equals("null"))
                    .findFirst()
                    .map(ArgumentPositions::sample)
                    .orElseThrow();
        }
        JsonNode type = schema.path("type");
        // an optional one is of its type or null
        return switch (type.isArray() ? type.path(0).asText() : type.asText()) {
            case "object" -> object(schema);
            case "array" -> Json.mapper().createArrayNode().add(sample(schema.path("items")));
            case "integer", "number" ->
                Json.tree(Math.max(1, schema.path("minimum").asInt(1)));
            case "boolean" -> Json.tree(true);
            default -> Json.tree("localhost");
        };
    }

    private static ObjectNode object(JsonNode schema) {
        ObjectNode all = Json.object();
        schema.path("properties").properties().forEach(each -> all.set(each.getKey(), sample(each.getValue())));
        return all;
    }

    /** As above, and the same without each of the properties that may be absent, and without all of them. */
    public static List<JsonNode> samples(JsonNode schema) {
        List<String> required =
                schema.path("required").valueStream().map(JsonNode::asText).toList();
        List<JsonNode> samples =
                new ArrayList<>(List.of(sample(schema), object(schema).retain(required)));
        schema.path("properties").fieldNames().forEachRemaining(name -> {
            if (!required.contains(name)) {
                samples.add(object(schema).without(name));
            }
        });
        return samples;
    }

    /** A copy with another value at one place. */
    public static ObjectNode with(JsonNode arguments, JsonPointer place, JsonNode value) {
        ObjectNode copy = arguments.deepCopy();
        JsonNode parent = copy.at(place.head());
        if (parent instanceof ArrayNode list) {
            list.set(place.last().getMatchingIndex(), value);
        } else {
            ((ObjectNode) parent).set(place.last().getMatchingProperty(), value);
        }
        return copy;
    }
}
