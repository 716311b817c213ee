package io.infrabridge.gateway.catalogue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.infrabridge.contract.Json;
import io.infrabridge.contract.OperationDescriptor;
import io.infrabridge.contract.Selector;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The one input schema of a tool with several actions, as it is advertised: what each action alone asks for is checked
 * when it is called. Flat, because some model APIs refuse {@code oneOf} and its like at the top.
 */
public final class ToolSchema {
    public static final String DRY_RUN = "dry_run";
    public static final String REASON = "reason";

    private ToolSchema() {}

    /** The schema of the tool's own arguments and of those that every tool takes over MCP. */
    public static ObjectNode input(Tool tool) {
        ObjectNode schema = Json.object();
        schema.put("type", "object");
        ObjectNode properties = schema.putObject("properties");
        selectors(tool).forEach((property, values) -> properties.set(property, selector(property, values)));
        for (OperationDescriptor action : tool.actions()) {
            action.inputSchema().path("properties").fields().forEachRemaining(property -> {
                if (!isSelector(tool, property.getKey())) {
                    JsonNode known = properties.get(property.getKey());
                    properties.set(
                            property.getKey(),
                            known == null ? property.getValue().deepCopy() : common(known, property.getValue()));
                }
            });
        }
        if (!properties.has(DRY_RUN)) {
            properties
                    .putObject(DRY_RUN)
                    .put("type", "boolean")
                    .put("description", "true: return the exact plan and change nothing");
        }
        if (!properties.has(REASON)) {
            properties
                    .putObject(REASON)
                    .put("type", "string")
                    .put("maxLength", 2000)
                    .put("description", "Why this is done; kept in the audit trail");
        }
        ArrayNode required = schema.putArray("required");
        required(tool).forEach(required::add);
        schema.put("additionalProperties", false);
        return schema;
    }

    /** What the tool does, action by action. */
    public static String description(Tool tool) {
        StringBuilder text = new StringBuilder(tool.summary());
        if (tool.actions().size() > 1) {
            text.append("\nActions:");
            tool.actions()
                    .forEach(action -> text.append("\n- ")
                            .append(action.action())
                            .append(" (")
                            .append(action.risk())
                            .append("): ")
                            .append(action.summary()));
        }
        return text.toString();
    }

    static boolean isSelector(Tool tool, String property) {
        return tool.actions().stream()
                .flatMap(action -> action.selectors().stream())
                .anyMatch(selector -> selector.property().equals(property));
    }

    private static Map<String, Set<String>> selectors(Tool tool) {
        Map<String, Set<String>> values = new LinkedHashMap<>();
        tool.actions().stream()
                .flatMap(action -> action.selectors().stream())
                .forEach(selector -> values.computeIfAbsent(selector.property(), property -> new LinkedHashSet<>())
                        .add(selector.value()));
        return values;
    }

    private static ObjectNode selector(String property, Set<String> values) {
        ObjectNode schema = Json.object();
        schema.put("type", "string");
        ArrayNode options = schema.putArray("enum");
        values.forEach(options::add);
        schema.put("description", "Chooses what is done, see the tool's description (" + property + ")");
        return schema;
    }

    /** What two actions say of the same property, where they agree; allowed values of either are allowed. */
    private static JsonNode common(JsonNode left, JsonNode right) {
        if (left.equals(right)) {
            return left;
        }
        ObjectNode common = Json.object();
        left.fields().forEachRemaining(keyword -> {
            String name = keyword.getKey();
            JsonNode other = right.get(name);
            if (keyword.getValue().equals(other) || name.equals("description")) {
                common.set(name, keyword.getValue());
            } else if (name.equals("enum") && other != null) {
                Set<JsonNode> either = new LinkedHashSet<>();
                keyword.getValue().forEach(either::add);
                other.forEach(either::add);
                common.putArray(name).addAll(either);
            }
        });
        return common;
    }

    private static Set<String> required(Tool tool) {
        Set<String> required = new LinkedHashSet<>();
        List<OperationDescriptor> actions = tool.actions();
        for (Selector selector : actions.get(0).selectors()) {
            required.add(selector.property());
        }
        actions.get(0).inputSchema().path("required").forEach(name -> required.add(name.asText()));
        required.removeIf(name -> !actions.stream().allMatch(action -> requires(action, name)));
        return required;
    }

    private static boolean requires(OperationDescriptor action, String property) {
        for (Selector selector : action.selectors()) {
            if (selector.property().equals(property)) {
                return !selector.optional();
            }
        }
        for (JsonNode name : action.inputSchema().path("required")) {
            if (name.asText().equals(property)) {
                return true;
            }
        }
        return false;
    }
}
