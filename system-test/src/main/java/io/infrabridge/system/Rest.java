package io.infrabridge.system;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.infrabridge.contract.Json;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The gateway's REST interface, as a caller with an API key uses it. */
public final class Rest {
    private static final Duration LIMIT = Duration.ofSeconds(90);

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build();
    private final URI base;
    private final String key;
    private final Consumer<JsonNode> listener;

    public Rest(URI base, String key) {
        this(base, key, answer -> {});
    }

    /**
     * As above.
     *
     * @param listener hears the body of every answer
     */
    public Rest(URI base, String key, Consumer<JsonNode> listener) {
        this.base = base;
        this.key = key;
        this.listener = listener;
    }

    /** An HTTP answer. */
    public record Answer(int status, String contentType, JsonNode body, Duration took) {
        /** An operation's error or a problem's own members: category, message, hint. */
        public String category() {
            return status == 200
                    ? body.at("/error/category").asText()
                    : body.path("category").asText();
        }

        public String message() {
            return status == 200
                    ? body.at("/error/message").asText()
                    : body.path("detail").asText();
        }

        public String hint() {
            return status == 200
                    ? body.at("/error/hint").asText()
                    : body.path("hint").asText();
        }

        /** Under which the audit trail has it, whether it ran or was refused. */
        public String operationId() {
            return body.path(status == 200 || status == 202 ? "id" : "operation_id")
                    .asText();
        }
    }

    /** A server-sent event of an operation's life: {@code operation} or {@code progress}. */
    public record Event(String name, JsonNode data) {}

    /** The request's body; for a call that needs more than a tool and its arguments. */
    public static ObjectNode request(String tool, String arguments) {
        ObjectNode request = Json.object();
        request.put("tool", tool);
        request.set("arguments", Json.parse(arguments));
        return request;
    }

    public Answer call(String tool, String arguments) {
        return submit(request(tool, arguments), Map.of());
    }

    public Answer dryRun(String tool, String arguments) {
        return submit(request(tool, arguments).put("dry_run", true), Map.of());
    }

    public Answer post(String path, ObjectNode body) {
        return send(posting(path, body).build());
    }

    private HttpRequest.Builder posting(String path, ObjectNode body) {
        return to(path).header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofByteArray(Json.bytes(body)));
    }

    public Answer submit(ObjectNode request, Map<String, String> headers) {
        HttpRequest.Builder builder = posting("/api/v1/operations", request);
        headers.forEach(builder::header);
        return send(builder.build());
    }

    /** A body as it is, whatever it is. */
    public Answer post(String path, byte[] body, Map<String, String> headers) {
        HttpRequest.Builder builder = to(path).POST(HttpRequest.BodyPublishers.ofByteArray(body));
        headers.forEach(builder::header);
        return send(builder.build());
    }

    public Answer get(String path) {
        return send(to(path).GET().build());
    }

    public Answer get(String path, Map<String, String> query) {
        return get(path + "?"
                + query.entrySet().stream()
                        .map(entry ->
                                entry.getKey() + "=" + URLEncoder.encode(entry.getValue(), StandardCharsets.UTF_8))
                        .collect(Collectors.joining("&")));
    }

    /** What is told of an operation until it ends. */
    public List<Event> events(String id) {
        HttpRequest request = to("/api/v1/operations/" + id + "/events")
                .header("Accept", "text/event-stream")
                .build();
        List<Event> events = new ArrayList<>();
        try (Stream<String> lines =
                http.send(request, HttpResponse.BodyHandlers.ofLines()).body()) {
            String[] name = {""};
            lines.forEach(line -> {
                if (line.startsWith("event:")) {
                    name[0] = line.substring("event:".length()).strip();
                } else if (line.startsWith("data:")) {
                    events.add(new Event(name[0], Json.parse(line.substring("data:".length()))));
                    listener.accept(events.get(events.size() - 1).data());
                }
            });
            return events;
        } catch (IOException e) {
            throw new AssertionError("no events from " + request.uri() + ": " + e, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private HttpRequest.Builder to(String path) {
        return HttpRequest.newBuilder(base.resolve(path)).timeout(LIMIT).header("Authorization", "Bearer " + key);
    }

    private Answer send(HttpRequest request) {
        long start = System.nanoTime();
        try {
            HttpResponse<byte[]> response = http.send(request, HttpResponse.BodyHandlers.ofByteArray());
            Answer answer = new Answer(
                    response.statusCode(),
                    response.headers().firstValue("Content-Type").orElse(""),
                    response.body().length == 0 ? Json.object() : Json.parse(response.body()),
                    Duration.ofNanos(System.nanoTime() - start));
            listener.accept(answer.body());
            return answer;
        } catch (IOException e) {
            throw new AssertionError("no answer from " + request.uri() + ": " + e, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
