package io.infrabridge.gateway.catalogue;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.infrabridge.contract.Json;
import io.infrabridge.contract.State;

/** The schema of an operation's document, which is what every tool answers with. */
public final class OperationSchema {
    private OperationSchema() {}

    public static ObjectNode document() {
        ObjectNode schema = Json.object();
        schema.put("type", "object");
        ObjectNode properties = schema.putObject("properties");
        text(properties, "id", "Ask operation_status with it");
        text(properties, "issuer", "The service that issued the command");
        text(properties, "tool", "The tool that was called");
        text(properties, "action", "The action of the tool");
        text(properties, "target", "The host or cluster by its inventory name");
        ArrayNode states =
                text(properties, "state", "Where the operation stands").putArray("enum");
        for (State state : State.values()) {
            states.add(state.name());
        }
        typed(properties, "changed", "boolean", "Whether the target differs afterwards");
        typed(properties, "dry_run", "boolean", "Whether only the plan was asked for");
        properties.putObject("output").put("description", "The tool's own result");
        ObjectNode error = typed(properties, "error", "object", "Why it did not succeed");
        ObjectNode failure = error.putObject("properties");
        text(failure, "category", "To branch on");
        text(failure, "message", "What happened");
        text(failure, "hint", "What to do next");
        ObjectNode steps = typed(properties, "steps", "array", "What was run, or for a dry run what would be");
        steps.putObject("items").put("type", "object");
        typed(properties, "left_out", "array", "Parts that are not here because the whole would be too long")
                .putObject("items")
                .put("type", "string");
        typed(properties, "execution", "object", "Where and as whom it ran");
        text(properties, "caller", "Who asked");
        text(properties, "reason", "Why, in the caller's words");
        text(properties, "parent_id", "The run that this operation is a part of");
        text(properties, "created_at", "RFC 3339");
        text(properties, "started_at", "RFC 3339");
        text(properties, "finished_at", "RFC 3339");
        text(properties, "trace_id", "Of the trace that shows its way");
        text(properties, "worker", "The instance that ran it");
        typed(
                properties,
                "approval",
                "object",
                "What it waits for: plan_hash, approvals, roles, other_person, decisions so far, expires_at");
        schema.putArray("required")
                .add("id")
                .add("tool")
                .add("action")
                .add("target")
                .add("state");
        return schema;
    }

    private static ObjectNode text(ObjectNode properties, String name, String description) {
        return typed(properties, name, "string", description);
    }

    private static ObjectNode typed(ObjectNode properties, String name, String type, String description) {
        return properties.putObject(name).put("type", type).put("description", description);
    }
}
