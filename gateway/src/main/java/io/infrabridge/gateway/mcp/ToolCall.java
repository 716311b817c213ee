package io.infrabridge.gateway.mcp;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.infrabridge.contract.Category;
import io.infrabridge.contract.Progress;
import io.infrabridge.gateway.catalogue.Tool;
import io.infrabridge.gateway.catalogue.ToolSchema;
import io.infrabridge.gateway.command.CancellableCall;
import io.infrabridge.gateway.command.OperationRequest;
import io.infrabridge.gateway.command.Submission;
import io.infrabridge.gateway.command.SubmitOperation;
import io.infrabridge.gateway.command.Update;
import io.infrabridge.gateway.command.Waiting;
import io.infrabridge.gateway.problem.Refusal;
import io.infrabridge.gateway.security.Caller;
import io.quarkiverse.mcp.server.ToolManager.ToolArguments;
import io.quarkiverse.mcp.server.ToolResponse;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.Optional;
import java.util.function.Consumer;
import org.jboss.logging.Logger;

/** A call of a tool of the catalogue; the same way as over REST from here on. */
@Singleton
final class ToolCall {
    private static final Logger LOG = Logger.getLogger(ToolCall.class);

    private static final Refusal LONG_KEY = Refusal.of(
            Category.INVALID_REQUEST,
            "The idempotency key in _meta is no text of that length.",
            "Give 1 to 256 characters.");

    private final SubmitOperation submit;
    private final McpCaller callers;
    private final McpConfiguration configuration;
    private final Consent consent;
    private final OngoingCalls ongoing;

    ToolCall(
            SubmitOperation submit,
            McpCaller callers,
            McpConfiguration configuration,
            Consent consent,
            OngoingCalls ongoing) {
        this.submit = submit;
        this.consent = consent;
        this.callers = callers;
        this.configuration = configuration;
        this.ongoing = ongoing;
    }

    /** A call whose client has gone leaves its operation running, unless it said otherwise; one that is cancelled does not. */
    Uni<ToolResponse> call(Tool tool, Endpoint endpoint, ToolArguments call) {
        CallMeta meta = CallMeta.of(call);
        OperationRequest request = request(tool, call, meta, callers.readOnly(endpoint, call));
        Caller caller = callers.caller();
        if (request.idempotencyKey()
                .filter(key -> key.isBlank() || key.length() > 256)
                .isPresent()) {
            // without it the call would look like a new one each time
            Submission.Refused refused = submit.refuse(request, caller, LONG_KEY);
            return Uni.createFrom().item(McpAnswers.refusal(refused.operation(), refused.refusal(), call.connection()));
        }
        CancellableCall cancellable = ongoing.begin(call, caller, meta.cancelOnDisconnect());
        Waiting waiting = new Waiting(meta.wait(configuration), cancellable.andThen(progressTo(call)));
        return answer(request, caller, waiting, call).onTermination().invoke(() -> ongoing.end(call, cancellable));
    }

    private Uni<ToolResponse> answer(OperationRequest request, Caller caller, Waiting waiting, ToolArguments call) {
        return submit.submit(request, caller, waiting)
                .chain(submission -> submission instanceof Submission.Refused refused
                        ? Uni.createFrom()
                                .item(McpAnswers.refusal(refused.operation(), refused.refusal(), call.connection()))
                        : consent.of(submission.operation(), call, caller, waiting)
                                .map(operation -> McpAnswers.operation(operation, call.connection())));
    }

    private OperationRequest request(Tool tool, ToolArguments call, CallMeta meta, boolean readOnly) {
        ObjectNode arguments = callers.arguments(call);
        boolean dryRun = takenOut(tool, arguments, ToolSchema.DRY_RUN)
                .map(JsonNode::asBoolean)
                .orElse(false);
        Optional<String> reason = takenOut(tool, arguments, ToolSchema.REASON)
                .filter(JsonNode::isTextual)
                .map(JsonNode::asText)
                .filter(text -> !text.isBlank())
                .map(text -> text.length() <= 2000 ? text : text.substring(0, 2000));
        return new OperationRequest(
                tool.name(), arguments, dryRun, reason, Optional.empty(), meta.idempotencyKey(), readOnly);
    }

    /** What is meant for the gateway, unless the tool has a property of that name itself. */
    private static Optional<JsonNode> takenOut(Tool tool, ObjectNode arguments, String name) {
        boolean own = tool.actions().stream()
                .anyMatch(action -> action.inputSchema().path("properties").has(name));
        return own || !valid(name, arguments.path(name)) ? Optional.empty() : Optional.of(arguments.remove(name));
    }

    /** Null is as good as absent, as over REST. One of the wrong type stays among the arguments, where it is refused as not known: never guess at a dry run. */
    private static boolean valid(String name, JsonNode value) {
        return value.isNull() || (name.equals(ToolSchema.DRY_RUN) ? value.isBoolean() : value.isTextual());
    }

    private static Consumer<Update> progressTo(ToolArguments call) {
        if (call.progress().token().isEmpty()) {
            return update -> {};
        }
        return update -> {
            if (update instanceof Update.Advanced advanced) {
                Progress progress = advanced.progress();
                call.progress()
                        .notificationBuilder()
                        .setProgress(progress.step())
                        .setTotal(progress.steps())
                        .setMessage(progress.message())
                        .build()
                        .send()
                        .subscribe()
                        .with(
                                sent -> {},
                                failure -> LOG.debugf(failure, "the client of %s has gone", progress.operationId()));
            }
        };
    }
}
