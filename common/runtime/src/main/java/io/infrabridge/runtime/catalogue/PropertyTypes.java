package io.infrabridge.runtime.catalogue;

import com.fasterxml.jackson.databind.JsonNode;
import io.infrabridge.contract.OperationDescriptor;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A property means the same in all actions of a tool, because callers see one schema for the tool. */
final class PropertyTypes {
    private PropertyTypes() {}

    static void requireOneTypeEach(List<OperationDescriptor> descriptors) {
        Map<String, JsonNode> types = new HashMap<>();
        for (OperationDescriptor descriptor : descriptors) {
            descriptor.inputSchema().path("properties").properties().forEach(property -> {
                JsonNode type = withoutNull(property.getValue().path("type"));
                JsonNode other = types.putIfAbsent(descriptor.tool() + "." + property.getKey(), type);
                if (other != null && !other.equals(type)) {
                    throw new IllegalStateException(descriptor.tool() + " has a property with two types: "
                            + property.getKey() + " is " + type + " in " + descriptor.action() + " and " + other
                            + " elsewhere");
                }
            });
        }
    }

    /** What one action needs and another can do without is of one type all the same. */
    private static JsonNode withoutNull(JsonNode type) {
        List<JsonNode> others =
                type.valueStream().filter(each -> !each.asText().equals("null")).toList();
        return others.size() == 1 ? others.get(0) : type;
    }
}
