package io.infrabridge.gateway.mcp;

import io.infrabridge.gateway.security.SecurityConfiguration;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.Json;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import io.vertx.ext.web.impl.RoutingContextInternal;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.List;

/**
 * Looks at messages before the MCP extension does. Refuses bodies that are JSON but no messages, such as a text or a number, which
 * the extension answers with an empty 500 (JSON-RPC 2.0, section 5.1); takes out nulls, on which it breaks; and hears the
 * cancellation of calls, of which it tells nobody.
 */
@Singleton
final class MessageCheck {
    /** After authentication and before the extension's own routes. */
    private static final int ORDER = -10;

    private static final String INVALID = "{\"jsonrpc\":\"2.0\",\"id\":null,\"error\":{\"code\":-32600,\"message\":"
            + "\"The body is no JSON-RPC message: send a JSON object.\"}}";

    private final long longestBody;
    private final OngoingCalls calls;

    MessageCheck(SecurityConfiguration configuration, OngoingCalls calls) {
        this.longestBody = configuration.http().longestBody();
        this.calls = calls;
    }

    void register(@Observes Router router) {
        BodyHandler body = BodyHandler.create(false).setBodyLimit(longestBody);
        for (String path : List.of("/mcp", Endpoint.READ_ONLY_PATH)) {
            for (String place : List.of(path, path + "/messages/:" + OngoingCalls.CONNECTION)) {
                router.post(place).order(ORDER).handler(body);
                router.post(place).order(ORDER + 1).handler(this::check);
            }
        }
    }

    private void check(RoutingContext context) {
        Buffer body = context.body().buffer();
        if (body == null || !isMessage(body)) {
            context.response()
                    .setStatusCode(400)
                    .putHeader(HttpHeaders.CONTENT_TYPE, "application/json")
                    .end(INVALID);
            return;
        }
        try {
            look(Json.decodeValue(body), context);
        } catch (DecodeException notJson) {
            // the extension says so in the words of its protocol
        }
        context.next();
    }

    private void look(Object body, RoutingContext context) {
        List<JsonObject> messages = body instanceof JsonArray batch
                ? batch.stream()
                        .filter(JsonObject.class::isInstance)
                        .map(JsonObject.class::cast)
                        .toList()
                : body instanceof JsonObject single ? List.of(single) : List.of();
        boolean changed = false;
        for (JsonObject message : messages) {
            changed |= NullArguments.takeOut(message, context);
            calls.hear(message, context);
        }
        if (changed) {
            ((RoutingContextInternal) context).setBody(Json.encodeToBuffer(body));
        }
    }

    private static boolean isMessage(Buffer body) {
        for (int at = 0; at < body.length(); at++) {
            byte first = body.getByte(at);
            if (first != ' ' && first != '\t' && first != '\n' && first != '\r') {
                return first == '{' || first == '[';
            }
        }
        return false;
    }
}
