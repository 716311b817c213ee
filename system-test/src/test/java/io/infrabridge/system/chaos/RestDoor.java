package io.infrabridge.system.chaos;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.infrabridge.contract.Json;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** By REST. */
record RestDoor(Gateway gateway) implements Door {
    @Override
    public Answer ask(Undertaking what, Optional<String> key) {
        ObjectNode request =
                Json.object().put("tool", what.kind().tool()).put("timeout_seconds", Door.timeoutSeconds(what));
        request.set("arguments", what.arguments());
        Map<String, String> headers = new HashMap<>(Map.of("Prefer", "wait=" + what.number() % 4));
        key.ifPresent(text -> headers.put("Idempotency-Key", text));
        return gateway.post("/api/v1/operations", request, headers)
                .map(answer -> understood(answer.status(), answer.body()))
                .orElseGet(() -> new Unclear("no answer"));
    }

    private static Answer understood(int status, JsonNode body) {
        if (status == 200 || status == 202) {
            return new Accepted(body.path("id").asText());
        }
        String text = status + " " + body;
        if (body.path("category").asText().equals("UNKNOWN_TOOL")) {
            // a gateway that has just been started has not read all announcements yet; what it refuses must have no
            // effect
            return new Refused("UNKNOWN_TOOL");
        }
        if (status != 429 && status != 503) {
            return new Wrong(text);
        }
        return body.path("hint").asText().contains("may still run")
                ? new Unclear(text)
                : new Refused(body.path("category").asText());
    }
}
