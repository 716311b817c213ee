package io.infrabridge.gateway.mcp;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Carries arguments that are an explicit null past the MCP extension, which breaks on them, to where arguments are checked: as
 * over REST it is the schema of the action that says what a null means.
 */
final class NullArguments {
    private static final String KEY = "io.infrabridge.null_arguments";

    private NullArguments() {}

    /** Takes them out of a call; whether there were any. */
    static boolean takeOut(JsonObject message, RoutingContext context) {
        if (!"tools/call".equals(message.getValue("method"))
                || !(message.getValue("params") instanceof JsonObject parameters)
                || !(parameters.getValue("arguments") instanceof JsonObject arguments)) {
            return false;
        }
        List<String> names = arguments.fieldNames().stream()
                .filter(name -> arguments.getValue(name) == null)
                .toList();
        names.forEach(arguments::remove);
        if (names.isEmpty()) {
            return false;
        }
        Optional<Map<String, List<String>>> before = Optional.ofNullable(context.get(KEY));
        Map<String, List<String>> ofRequests = before.orElseGet(HashMap::new);
        ofRequests.put(String.valueOf(message.getValue("id")), names);
        context.put(KEY, ofRequests);
        return true;
    }

    /** Puts those of one request back. */
    static void putBack(ObjectNode arguments, Object requestId, @Nullable RoutingContext context) {
        if (context == null) {
            return;
        }
        Map<String, List<String>> ofRequests = context.get(KEY);
        if (ofRequests != null) {
            ofRequests.getOrDefault(String.valueOf(requestId), List.of()).forEach(arguments::putNull);
        }
    }
}
