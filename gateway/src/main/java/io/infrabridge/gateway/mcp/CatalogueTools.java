package io.infrabridge.gateway.mcp;

import io.infrabridge.contract.OperationDescriptor;
import io.infrabridge.contract.Risk;
import io.infrabridge.gateway.catalogue.CatalogueChanged;
import io.infrabridge.gateway.catalogue.OperationSchema;
import io.infrabridge.gateway.catalogue.Tool;
import io.infrabridge.gateway.catalogue.ToolSchema;
import io.quarkiverse.mcp.server.ToolManager;
import io.quarkiverse.mcp.server.ToolManager.ToolAnnotations;
import io.vertx.core.json.JsonObject;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/** Keeps the tools of both endpoints as the catalogue says; the extension tells the clients that the list has changed. */
@Singleton
final class CatalogueTools {
    private static final Logger LOG = Logger.getLogger(CatalogueTools.class);

    private final ToolManager manager;
    private final ToolCall calls;
    private final Map<Endpoint, Map<String, Tool>> registered = new HashMap<>();

    CatalogueTools(ToolManager manager, ToolCall calls) {
        this.manager = manager;
        this.calls = calls;
    }

    synchronized void changed(@Observes CatalogueChanged catalogue) {
        for (Endpoint endpoint : Endpoint.values()) {
            Map<String, Tool> next = catalogue.tools().stream()
                    .filter(tool -> !FixedTools.NAMES.contains(tool.name()))
                    .map(endpoint::shown)
                    .flatMap(Optional::stream)
                    .collect(Collectors.toMap(Tool::name, Function.identity()));
            Map<String, Tool> before = registered.getOrDefault(endpoint, Map.of());
            before.forEach((name, tool) -> {
                if (!tool.equals(next.get(name))) {
                    manager.removeTool(name, endpoint.server());
                }
            });
            next.forEach((name, tool) -> {
                if (!Objects.equals(tool, before.get(name))) {
                    register(tool, endpoint);
                }
            });
            registered.put(endpoint, next);
        }
        catalogue.tools().stream()
                .map(Tool::name)
                .filter(FixedTools.NAMES::contains)
                .forEach(name -> LOG.warnf("the tool %s is announced but the name is the gateway's own", name));
    }

    private void register(Tool tool, Endpoint endpoint) {
        manager.newTool(tool.name())
                .setServerName(endpoint.server())
                .setDescription(ToolSchema.description(tool))
                .setInputSchema(new JsonObject(ToolSchema.input(tool).toString()))
                .setOutputSchema(new JsonObject(OperationSchema.document().toString()))
                .setAnnotations(hints(tool))
                .setAsyncHandler(call -> calls.call(tool, endpoint, call))
                .register();
    }

    private static ToolAnnotations hints(Tool tool) {
        List<OperationDescriptor> actions = tool.actions();
        return new ToolAnnotations(
                tool.name(),
                actions.stream().allMatch(action -> action.risk() == Risk.READ),
                actions.stream().anyMatch(action -> action.risk() == Risk.DESTRUCTIVE),
                actions.stream().allMatch(OperationDescriptor::converges),
                true);
    }
}
