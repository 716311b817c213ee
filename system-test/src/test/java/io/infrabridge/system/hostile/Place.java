package io.infrabridge.system.hostile;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.infrabridge.contract.OperationDescriptor;
import io.infrabridge.testkit.hostile.ArgumentPositions;
import java.util.ArrayList;
import java.util.List;

/** One place in the arguments of one action that the running system offers. */
record Place(OperationDescriptor action, String domain, JsonPointer pointer) {
    /** Every place of every action. */
    static List<Place> all(JsonNode tools) {
        List<Place> all = new ArrayList<>();
        tools.path("tools")
                .forEach(tool -> tool.path("actions").forEach(described -> {
                    OperationDescriptor action =
                            io.infrabridge.contract.Json.convert(described, OperationDescriptor.class);
                    ArgumentPositions.in(action.inputSchema())
                            .forEach(pointer -> all.add(
                                    new Place(action, tool.path("domain").asText(), pointer)));
                }));
        return all;
    }

    /** Right arguments, but for this place; on the witness, unless this place is the target. */
    ObjectNode arguments(JsonNode payload) {
        ObjectNode right = (ObjectNode) ArgumentPositions.sample(action.inputSchema());
        right.put("remote_target", Witness.NAME);
        return ArgumentPositions.with(right, pointer, payload);
    }

    /** Whoever may choose the target may choose this machine, so that nothing must be done there. */
    boolean choosesTarget() {
        return pointer.equals(ArgumentPositions.TARGET);
    }

    @Override
    public String toString() {
        return action.tool() + " " + action.action() + " " + pointer;
    }
}
