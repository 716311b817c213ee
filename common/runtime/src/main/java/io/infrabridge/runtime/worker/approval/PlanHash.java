package io.infrabridge.runtime.worker.approval;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.infrabridge.contract.Command;
import io.infrabridge.contract.Json;
import io.infrabridge.contract.StepReport;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.bouncycastle.crypto.digests.SHA256Digest;

/**
 * Names a plan by everything that is going to be done: SHA-256, in hexadecimal, over JSON whose members are sorted. What
 * {@code docs/asyncapi.yaml} says of {@code plan_hash} lets others compute it from the command and the steps that they saw.
 */
public final class PlanHash {
    private PlanHash() {}

    public static String of(Command command, List<StepReport> plan) {
        ObjectNode document = Json.object();
        document.put("target", command.target());
        document.put("tool", command.tool());
        document.put("action", command.action());
        document.set("arguments", command.arguments());
        ArrayNode steps = document.putArray("steps");
        plan.forEach(step -> steps.add(said(step)));
        return sha256(Json.bytes(sorted(document)));
    }

    /** What a step does and how it is taken back; its description is for people and may be worded anew. */
    private static ObjectNode said(StepReport step) {
        ObjectNode said = Json.object();
        said.set("command", Json.tree(step.command()));
        step.sudo().ifPresent(reason -> said.put("sudo", reason));
        said.set("undo", Json.tree(step.undo()));
        return said;
    }

    /** A tree keeps the order in which it was read; this does not. */
    private static Object sorted(JsonNode node) {
        if (node.isObject()) {
            Map<String, Object> members = new TreeMap<>();
            node.properties().forEach(member -> members.put(member.getKey(), sorted(member.getValue())));
            return members;
        }
        if (node.isArray()) {
            List<Object> elements = new ArrayList<>();
            node.forEach(element -> elements.add(sorted(element)));
            return elements;
        }
        return node;
    }

    private static String sha256(byte[] bytes) {
        SHA256Digest digest = new SHA256Digest();
        digest.update(bytes, 0, bytes.length);
        byte[] hash = new byte[digest.getDigestSize()];
        digest.doFinal(hash, 0);
        return HexFormat.of().formatHex(hash);
    }
}
