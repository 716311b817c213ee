package io.infrabridge.gateway.mcp;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.infrabridge.contract.Json;
import io.infrabridge.gateway.catalogue.OperationSchema;
import io.quarkiverse.mcp.server.ToolManager;
import io.quarkiverse.mcp.server.ToolManager.ToolAnnotations;
import io.quarkiverse.mcp.server.ToolManager.ToolArguments;
import io.quarkiverse.mcp.server.ToolResponse;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonObject;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** The tools that are there without any worker. */
@Singleton
final class FixedTools {
    private static final String STATUS = "operation_status";
    private static final String CANCEL = "operation_cancel";
    private static final String APPROVE = "operation_approve";
    private static final String AUDIT = "audit_search";
    private static final String HOSTS = "list_hosts";

    /** No worker's tool may have one of these names. */
    static final Set<String> NAMES = Set.of(STATUS, CANCEL, APPROVE, AUDIT, HOSTS);

    private final ToolManager manager;
    private final FixedCalls calls;
    private final ApprovalCall approvals;

    FixedTools(ToolManager manager, FixedCalls calls, ApprovalCall approvals) {
        this.manager = manager;
        this.calls = calls;
        this.approvals = approvals;
    }

    void register(@Observes StartupEvent start) {
        for (Endpoint endpoint : Endpoint.values()) {
            reading(endpoint);
        }
        changing();
    }

    private void reading(Endpoint endpoint) {
        ObjectNode status = input(List.of("id"));
        property(status, "id", "string", "The operation's id");
        property(status, "wait_seconds", "integer", "Wait up to so long for its end; 0 by default");
        register(
                endpoint,
                STATUS,
                "How an operation stands and, when it has ended, its result.",
                status,
                Optional.of(OperationSchema.document()),
                true,
                calls::status);
        ObjectNode audit = input(List.of());
        for (String name : List.of(
                "operation_id",
                "tool",
                "action",
                "target",
                "caller",
                "state",
                "type",
                "trace_id",
                "from",
                "to",
                "cursor")) {
            property(audit, name, "string", "As the parameter of GET /api/v1/audit");
        }
        property(audit, "limit", "integer", "The most entries to return");
        register(
                endpoint,
                AUDIT,
                "Searches the audit trail: who did what to which target, and how it ended.",
                audit,
                Optional.empty(),
                true,
                calls::audit);
        register(
                endpoint,
                HOSTS,
                "The hosts and clusters that can be operated, by the names that remote_target takes.",
                input(List.of()),
                Optional.empty(),
                true,
                calls::hosts);
    }

    private void changing() {
        ObjectNode cancel = input(List.of("id"));
        property(cancel, "id", "string", "The operation's id");
        property(cancel, "reason", "string", "Why; kept in the audit trail");
        register(
                Endpoint.EVERYTHING,
                CANCEL,
                "Asks for a running operation to be stopped.",
                cancel,
                Optional.of(OperationSchema.document()),
                false,
                calls::cancel);
        ObjectNode approve = input(List.of("id", "decision", "plan_hash"));
        property(approve, "id", "string", "The operation's id");
        ObjectNode decision = property(approve, "decision", "string", "What you decide");
        decision.putArray("enum").add("approve").add("deny");
        property(
                approve,
                "plan_hash",
                "string",
                "The operation's approval.plan_hash: you decide on the plan that you saw");
        property(approve, "comment", "string", "Why; kept in the audit trail");
        register(
                Endpoint.EVERYTHING,
                APPROVE,
                "Decides on the exact plan of an operation that awaits approval: its steps are shown by operation_status.",
                approve,
                Optional.of(OperationSchema.document()),
                false,
                approvals::approve);
    }

    private void register(
            Endpoint endpoint,
            String name,
            String description,
            ObjectNode input,
            Optional<JsonNode> output,
            boolean readOnly,
            Function<ToolArguments, Uni<ToolResponse>> handler) {
        ToolManager.ToolDefinition tool = manager.newTool(name)
                .setServerName(endpoint.server())
                .setDescription(description)
                .setInputSchema(new JsonObject(input.toString()))
                .setAnnotations(new ToolAnnotations(name, readOnly, false, true, false))
                .setAsyncHandler(handler);
        output.ifPresent(schema -> tool.setOutputSchema(new JsonObject(schema.toString())));
        tool.register();
    }

    private static ObjectNode input(List<String> required) {
        ObjectNode schema = Json.object();
        schema.put("type", "object");
        schema.putObject("properties");
        required.forEach(schema.putArray("required")::add);
        schema.put("additionalProperties", false);
        return schema;
    }

    private static ObjectNode property(ObjectNode schema, String name, String type, String description) {
        ObjectNode property = ((ObjectNode) schema.get("properties")).putObject(name);
        return property.put("type", type).put("description", description);
    }
}
