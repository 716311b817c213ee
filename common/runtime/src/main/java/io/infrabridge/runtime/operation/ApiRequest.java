package io.infrabridge.runtime.operation;

import com.fasterxml.jackson.databind.JsonNode;
import io.infrabridge.contract.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One request to a cluster's API.
 *
 * @param path path and query, already encoded, such as {@code /apis/apps/v1/namespaces/web/deployments}
 */
public record ApiRequest(Method method, String path, Optional<JsonNode> body) {
    public ApiRequest {
        if (!path.startsWith("/") || path.chars().anyMatch(c -> c <= ' ' || c > '~')) {
            throw new IllegalArgumentException("not an encoded path: " + path);
        }
    }

    public static ApiRequest get(String path) {
        return new ApiRequest(Method.GET, path, Optional.empty());
    }

    public static ApiRequest put(String path, JsonNode body) {
        return new ApiRequest(Method.PUT, path, Optional.of(body));
    }

    List<String> display() {
        List<String> parts = new ArrayList<>(List.of(method.name(), path));
        body.map(Json::text).ifPresent(parts::add);
        return List.copyOf(parts);
    }

    /** The HTTP methods that operations use. */
    public enum Method {
        GET,
        POST,
        PUT,
        PATCH,
        DELETE
    }
}
