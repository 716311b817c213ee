package io.infrabridge.gateway.mcp;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.infrabridge.contract.Category;
import io.infrabridge.contract.InvalidContract;
import io.infrabridge.contract.Json;
import io.infrabridge.contract.Operation;
import io.infrabridge.gateway.audit.AuditAnswer;
import io.infrabridge.gateway.audit.AuditService;
import io.infrabridge.gateway.catalogue.TargetDocument;
import io.infrabridge.gateway.command.CancelOperation;
import io.infrabridge.gateway.command.FindOperation;
import io.infrabridge.gateway.command.Waiting;
import io.infrabridge.gateway.problem.Outcome;
import io.infrabridge.gateway.problem.PropertyError;
import io.infrabridge.gateway.problem.Refusal;
import io.infrabridge.trust.inventory.Inventory;
import io.quarkiverse.mcp.server.McpConnection;
import io.quarkiverse.mcp.server.ToolManager.ToolArguments;
import io.quarkiverse.mcp.server.ToolResponse;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** What the tools that are always there do. */
@Singleton
final class FixedCalls {
    private static final int MOST_SECONDS = 50;

    private final FindOperation find;
    private final CancelOperation cancel;
    private final AuditService audit;
    private final Inventory inventory;
    private final McpCaller callers;

    FixedCalls(FindOperation find, CancelOperation cancel, AuditService audit, Inventory inventory, McpCaller callers) {
        this.find = find;
        this.cancel = cancel;
        this.audit = audit;
        this.inventory = inventory;
        this.callers = callers;
    }

    Uni<ToolResponse> status(ToolArguments call) {
        Object wait = call.args().get("wait_seconds");
        Duration atMost = Duration.ofSeconds(
                wait instanceof Number seconds ? Math.max(0, Math.min(MOST_SECONDS, seconds.longValue())) : 0);
        return withId(call, id -> find.find(id, Waiting.atMost(atMost)))
                .map(found -> operation(found, call.connection()));
    }

    Uni<ToolResponse> cancel(ToolArguments call) {
        if (callers.readOnly(Endpoint.EVERYTHING, call)) {
            return Uni.createFrom().item(McpAnswers.refusal(readOnly()));
        }
        var caller = callers.caller();
        return withId(call, id -> cancel.cancel(id, text(call, "reason"), caller))
                .map(done -> operation(done, call.connection()));
    }

    Uni<ToolResponse> audit(ToolArguments call) {
        String query = call.args().entrySet().stream()
                .map(argument -> encoded(argument.getKey()) + "=" + encoded(String.valueOf(argument.getValue())))
                .collect(Collectors.joining("&"));
        return audit.get("/api/v1/audit" + (query.isEmpty() ? "" : "?" + query))
                .map(answer -> answer.then(FixedCalls::entries))
                .map(found -> found instanceof Outcome.Passed<ObjectNode> passed
                        ? McpAnswers.untrusted(passed.value())
                        : McpAnswers.refusal(((Outcome.Refused<ObjectNode>) found).refusal()));
    }

    Uni<ToolResponse> hosts(ToolArguments call) {
        List<TargetDocument> all = TargetDocument.all(inventory);
        ObjectNode document = Json.object();
        document.set("hosts", Json.tree(all));
        String names = all.stream()
                .map(target -> target.name() + " (" + target.kind() + ")")
                .collect(Collectors.joining(", "));
        return Uni.createFrom().item(McpAnswers.document(document, names, call.connection()));
    }

    private static Outcome<ObjectNode> entries(AuditAnswer answer) {
        try {
            if (answer.status() == 200 && Json.parse(answer.body()) instanceof ObjectNode object) {
                return Outcome.passed(object);
            }
        } catch (InvalidContract e) {
            return Outcome.refused(
                    Refusal.of(Category.INTERNAL, "The audit service sent what is not JSON.", "Report it."));
        }
        return Outcome.refused(Refusal.of(
                Category.INVALID_REQUEST,
                "The audit service refused the search: " + new String(answer.body(), StandardCharsets.UTF_8),
                "Correct the search."));
    }

    static Uni<Outcome<Operation>> withId(
            ToolArguments call, java.util.function.Function<String, Uni<Outcome<Operation>>> next) {
        return text(call, "id")
                .map(next)
                .orElseGet(() -> Uni.createFrom()
                        .item(Outcome.refused(Refusal.of(
                                Category.MISSING_PROPERTY,
                                "The call needs id.",
                                "Give the id that the operation was accepted with.",
                                PropertyError.of("/id", "is missing", "an operation's id")))));
    }

    static ToolResponse operation(Outcome<Operation> outcome, McpConnection client) {
        return outcome instanceof Outcome.Passed<Operation> passed
                ? McpAnswers.operation(passed.value(), client)
                : McpAnswers.refusal(((Outcome.Refused<Operation>) outcome).refusal());
    }

    static Refusal readOnly() {
        return Refusal.of(Category.FORBIDDEN, "This endpoint only reads.", "Call it at /mcp.");
    }

    private static Optional<String> text(ToolArguments call, String name) {
        return call.args().get(name) instanceof String text && !text.isBlank() ? Optional.of(text) : Optional.empty();
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
