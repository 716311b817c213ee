package io.infrabridge.gateway.mcp;

import com.fasterxml.jackson.databind.JsonNode;
import io.infrabridge.contract.Approval;
import io.infrabridge.contract.Failure;
import io.infrabridge.contract.Json;
import io.infrabridge.contract.Operation;
import io.infrabridge.contract.State;
import io.infrabridge.gateway.problem.PropertyError;
import io.infrabridge.gateway.problem.Refusal;
import io.quarkiverse.mcp.server.McpConnection;
import io.quarkiverse.mcp.server.TextContent;
import io.quarkiverse.mcp.server.ToolResponse;
import java.util.List;
import java.util.Optional;

/** Values of this service as tool results: the document for programs and a few words for those that read only text. */
final class McpAnswers {
    /** The first version of the protocol whose clients know structured content. */
    private static final String STRUCTURED_SINCE = "2025-06-18";

    private McpAnswers() {}

    static ToolResponse operation(Operation operation, McpConnection client) {
        boolean unsuccessful =
                operation.error().isPresent() || (operation.state().terminal() && operation.state() != State.SUCCEEDED);
        JsonNode document = UntrustedText.bounded(operation);
        String words = words(operation);
        if (document.has(UntrustedText.LEFT_OUT)) {
            words += "\nIts output was left out because it is too long; ask for less, with a filter or a page.";
        }
        return response(unsuccessful, words, document, client, UntrustedText.in(operation));
    }

    /** A refusal as the rejected operation under which it is on record, with every wrong property in the text. */
    static ToolResponse refusal(Operation operation, Refusal refusal, McpConnection client) {
        if (!refusal.onRecord()) {
            return refusal(refusal);
        }
        StringBuilder text = new StringBuilder(words(operation));
        for (PropertyError error : refusal.errors()) {
            text.append("\n- ").append(error.property()).append(' ').append(error.message());
            error.expected().ifPresent(expected -> text.append("; expected ").append(expected));
            error.example().ifPresent(example -> text.append("; for example ").append(example));
        }
        return response(true, text.toString(), Json.tree(operation), client, false);
    }

    static ToolResponse refusal(Refusal refusal) {
        return new ToolResponse(
                true, List.of(new TextContent(words(refusal.failure()))), Json.tree(refusal.failure()), null);
    }

    /** A document in which words of targets may be anywhere. */
    static ToolResponse untrusted(JsonNode document) {
        return new ToolResponse(
                false,
                List.of(new TextContent(UntrustedText.framed(document.toString()))),
                document,
                UntrustedText.metaOfWhole());
    }

    static ToolResponse document(JsonNode document, String words, McpConnection client) {
        return response(false, words, document, client, false);
    }

    private static ToolResponse response(
            boolean error, String words, JsonNode document, McpConnection client, boolean untrusted) {
        boolean structured = client.initialRequest() == null
                || client.initialRequest().protocolVersion().compareTo(STRUCTURED_SINCE) >= 0;
        String whole = untrusted ? UntrustedText.framed(document.toString()) : document.toString();
        String text = structured ? words : words + "\n" + whole;
        return new ToolResponse(
                error, List.of(new TextContent(text)), document, untrusted ? UntrustedText.meta() : null);
    }

    private static String words(Operation operation) {
        String what = operation.state() + ": " + operation.tool() + " " + operation.action() + " on "
                + operation.target() + changed(operation) + ", operation " + operation.id() + ".";
        Optional<String> why =
                operation.error().map(failure -> UntrustedText.in(operation) ? wordsOfTarget(failure) : words(failure));
        if (why.isPresent()) {
            return what + "\n" + why.get();
        }
        if (operation.state() == State.AWAITING_APPROVAL) {
            return what + operation.approval().map(McpAnswers::needed).orElse("");
        }
        return operation.state().terminal()
                ? what
                : what + "\nIt goes on. Ask operation_status with its id for the outcome; do not repeat the call.";
    }

    private static String needed(Approval approval) {
        return "\nNothing is run before " + approval.approvals() + " with a role of "
                + String.join(", ", approval.roles()) + (approval.otherPerson() ? ", not its caller," : "")
                + " approved exactly the steps shown, until " + approval.expiresAt()
                + ": operation_approve with its id and the plan_hash " + approval.planHash()
                + ". Ask operation_status for the outcome; do not repeat the call.";
    }

    private static String words(Failure failure) {
        return failure.category() + ": " + failure.message() + "\nHint: " + failure.hint();
    }

    private static String wordsOfTarget(Failure failure) {
        return failure.category() + "\n" + UntrustedText.framed(failure.message()) + "\nHint: " + failure.hint();
    }

    private static String changed(Operation operation) {
        return operation
                .changed()
                .map(changed -> changed ? " (changed)" : " (nothing changed)")
                .orElse("");
    }
}
