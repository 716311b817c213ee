package io.infrabridge.system.chaos;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.infrabridge.contract.InvalidContract;
import io.infrabridge.contract.Json;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;

/** By MCP; begins a new session when the old one is not known any more. See Streamable HTTP in the MCP specification. */
final class AgentDoor implements Door {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(3))
            .build();
    private final URI endpoint;
    private final String key;
    private Optional<String> session = Optional.empty();
    private int messages;

    AgentDoor(URI endpoint, String key) {
        this.endpoint = endpoint;
        this.key = key;
    }

    @Override
    public Answer ask(Undertaking what, Optional<String> idempotencyKey) {
        try {
            if (session.isEmpty()) {
                session = Optional.of(begin());
            }
        } catch (IOException e) {
            return new Refused("no session");
        }
        try {
            ObjectNode parameters = Json.object().put("name", what.kind().tool());
            parameters.set("arguments", what.arguments());
            ObjectNode meta = parameters.putObject("_meta").put("io.infrabridge/wait_seconds", what.number() % 4);
            idempotencyKey.ifPresent(text -> meta.put("io.infrabridge/idempotency_key", text));
            HttpResponse<String> response = send(message("tools/call", parameters));
            if (response.statusCode() == 404) {
                session = Optional.empty();
                return new Refused("the session is gone");
            }
            return understood(response.statusCode(), json(response));
        } catch (IOException | InvalidContract e) {
            session = Optional.empty();
            return new Unclear("no answer: " + e.getMessage());
        }
    }

    private static Answer understood(int status, JsonNode answer) {
        JsonNode operation = answer.at("/result/structuredContent");
        String state = operation.path("state").asText();
        if (answer.at("/error/message").asText().startsWith("Invalid tool name")) {
            // tools come and go by the protocol, also with a gateway that has just been started; nothing was asked of a
            // worker
            return new Refused("no such tool yet");
        }
        if (state.isEmpty() && operation.has("category")) {
            return new Refused(operation.path("category").asText());
        }
        if (status != 200 || state.isEmpty()) {
            return status == 503 ? new Refused("503") : new Wrong(status + " " + answer);
        }
        if (!state.equals("REJECTED")) {
            return new Accepted(operation.path("id").asText());
        }
        return operation.at("/error/hint").asText().contains("may still run")
                ? new Unclear(operation.toString())
                : new Refused(operation.at("/error/category").asText());
    }

    private String begin() throws IOException {
        ObjectNode parameters = Json.object().put("protocolVersion", "2025-06-18");
        parameters.putObject("capabilities");
        parameters.putObject("clientInfo").put("name", "chaos").put("version", "1");
        String begun = send(message("initialize", parameters))
                .headers()
                .firstValue("Mcp-Session-Id")
                .orElseThrow(() -> new IOException("none was given"));
        session = Optional.of(begun);
        send(Json.object().put("jsonrpc", "2.0").put("method", "notifications/initialized"));
        return begun;
    }

    private ObjectNode message(String method, ObjectNode parameters) {
        ObjectNode message =
                Json.object().put("jsonrpc", "2.0").put("id", ++messages).put("method", method);
        message.set("params", parameters);
        return message;
    }

    private HttpResponse<String> send(JsonNode message) throws IOException {
        HttpRequest.Builder request = HttpRequest.newBuilder(endpoint)
                .timeout(PATIENCE)
                .header("Authorization", "Bearer " + key)
                .header("Content-Type", "application/json")
                .header("Accept", "application/json, text/event-stream")
                .POST(HttpRequest.BodyPublishers.ofByteArray(Json.bytes(message)));
        session.ifPresent(id -> request.header("Mcp-Session-Id", id));
        try {
            return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }

    /** The last message of an event stream, which is the answer, or the body as it is. */
    private static JsonNode json(HttpResponse<String> response) throws IOException {
        String text = response.body()
                .lines()
                .filter(line -> line.startsWith("data:"))
                .reduce((before, last) -> last)
                .map(line -> line.substring("data:".length()))
                .orElse(response.body());
        if (text.isBlank()) {
            throw new IOException("an empty body, status " + response.statusCode());
        }
        return Json.parse(text);
    }
}
