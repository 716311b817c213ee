package io.infrabridge.runtime.worker.approval;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.infrabridge.contract.Command;
import io.infrabridge.contract.Json;
import io.infrabridge.contract.StepReport;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/**
 * Names a plan by everything that is going to be done: SHA-256, in hexadecimal, over JSON whose members are sorted. What
 * {@code docs/asyncapi.yaml} says of {@code plan_hash} lets others compute it from the operation that they were shown.
 */
public final class PlanHash {
    private static final ObjectMapper SORTED =
            Json.mapper().configure(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS, true);

    private PlanHash() {}

    public static String of(Command command, List<StepReport> plan) {
        ObjectNode document = Json.object();
        document.put("target", command.target());
        document.put("tool", command.tool());
        document.put("action", command.action());
        document.set("arguments", command.arguments());
        ArrayNode steps = document.putArray("steps");
        plan.forEach(step -> steps.add(said(step)));
        return HexFormat.of().formatHex(sha256().digest(canonical(document)));
    }

    /** What a step does and how it is taken back; its description is for people and may be worded anew. */
    static ObjectNode said(StepReport step) {
        ObjectNode said = Json.object();
        said.set("command", Json.tree(step.command()));
        step.sudo().ifPresent(reason -> said.put("sudo", reason));
        said.set("undo", Json.tree(step.undo()));
        return said;
    }

    private static byte[] canonical(ObjectNode document) {
        try {
            // a tree keeps the order in which it was read; maps are sorted
            return SORTED.writeValueAsBytes(SORTED.treeToValue(document, Object.class));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree is always expressible as JSON", e);
        }
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
