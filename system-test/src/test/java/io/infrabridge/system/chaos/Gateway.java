package io.infrabridge.system.chaos;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.infrabridge.contract.InvalidContract;
import io.infrabridge.contract.Json;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** The gateway's REST interface for a caller who expects that often nobody answers. */
final class Gateway {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Duration LONG_PATIENCE = Duration.ofSeconds(120);

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(3))
            .build();
    private final URI base;
    private final String key;

    Gateway(URI base, String key) {
        this.base = base;
        this.key = key;
    }

    /** An answer that came. */
    record Answer(int status, JsonNode body) {}

    /** Nothing when no whole answer came. */
    Optional<Answer> post(String path, ObjectNode body, Map<String, String> headers) {
        HttpRequest.Builder request = to(path, PATIENCE)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofByteArray(Json.bytes(body)));
        headers.forEach(request::header);
        return send(request.build());
    }

    Optional<Answer> get(String path) {
        return send(to(path, PATIENCE).GET().build());
    }

    Optional<Answer> getPatiently(String path) {
        return send(to(path, LONG_PATIENCE).GET().build());
    }

    /** Saves the answer as it is; nothing when it did not come whole or is no success. */
    Optional<Path> download(String path, Path file) {
        try {
            HttpResponse<Path> response =
                    http.send(to(path, LONG_PATIENCE).GET().build(), HttpResponse.BodyHandlers.ofFile(file));
            return response.statusCode() == 200 ? Optional.of(response.body()) : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private HttpRequest.Builder to(String path, Duration patience) {
        return HttpRequest.newBuilder(base.resolve(path)).timeout(patience).header("Authorization", "Bearer " + key);
    }

    private Optional<Answer> send(HttpRequest request) {
        try {
            HttpResponse<byte[]> response = http.send(request, HttpResponse.BodyHandlers.ofByteArray());
            return Optional.of(new Answer(
                    response.statusCode(), response.body().length == 0 ? Json.object() : Json.parse(response.body())));
        } catch (IOException | InvalidContract e) {
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }
}
