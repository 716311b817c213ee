package io.infrabridge.system.hostile;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.infrabridge.contract.Json;
import io.infrabridge.testkit.hostile.HostilePayloads;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

/** An agent that calls whatever it likes, whether the tool was listed or not; see Streamable HTTP in the MCP specification. */
public final class AgentSession {
    private static final Duration LIMIT = Duration.ofSeconds(90);
    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private final URI endpoint;
    private final String key;
    private final AtomicInteger ids = new AtomicInteger();
    private String session = "";

    public AgentSession(URI endpoint, String key) {
        this.endpoint = endpoint;
        this.key = key;
        ObjectNode parameters = Json.object().put("protocolVersion", "2025-06-18");
        parameters.putObject("capabilities");
        parameters.putObject("clientInfo").put("name", "hostile").put("version", "1");
        session = send(message("initialize", parameters))
                .headers()
                .firstValue("Mcp-Session-Id")
                .orElseThrow();
        send(Json.object().put("jsonrpc", "2.0").put("method", "notifications/initialized"));
    }

    private AgentSession(URI endpoint, AgentSession other) {
        this.endpoint = endpoint;
        this.key = other.key;
        this.session = other.session;
    }

    /** The same session, but its calls go to another address. */
    public AgentSession at(URI other) {
        return new AgentSession(other, this);
    }

    /** The whole answer: a result, which may be an error of the tool, or an error of the protocol. */
    public JsonNode call(String tool, JsonNode arguments) {
        ObjectNode parameters = Json.object().put("name", tool);
        parameters.set("arguments", arguments);
        HttpResponse<String> response = send(message("tools/call", parameters));
        if (response.body().isEmpty()) {
            return Json.object().put("status", response.statusCode());
        }
        return ((ObjectNode) Json.parse(json(response))).put("status", response.statusCode());
    }

    private ObjectNode message(String method, ObjectNode parameters) {
        ObjectNode message = Json.object()
                .put("jsonrpc", "2.0")
                .put("id", ids.incrementAndGet())
                .put("method", method);
        message.set("params", parameters);
        return message;
    }

    private HttpResponse<String> send(JsonNode message) {
        HttpRequest.Builder request = HttpRequest.newBuilder(endpoint)
                .timeout(LIMIT)
                .header("Authorization", "Bearer " + key)
                .header("Content-Type", "application/json")
                .header("Accept", "application/json, text/event-stream")
                .POST(HttpRequest.BodyPublishers.ofByteArray(HostilePayloads.json(message)));
        if (!session.isEmpty()) {
            request.header("Mcp-Session-Id", session);
        }
        try {
            return HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new AssertionError("no answer from " + endpoint + ": " + e, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** The last message of an event stream, which is the answer, or the body as it is. */
    private static String json(HttpResponse<String> response) {
        return response.body()
                .lines()
                .filter(line -> line.startsWith("data:"))
                .reduce((before, last) -> last)
                .map(line -> line.substring("data:".length()))
                .orElse(response.body());
    }
}
