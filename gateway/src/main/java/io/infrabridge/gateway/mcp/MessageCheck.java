package io.infrabridge.gateway.mcp;

import io.infrabridge.gateway.security.SecurityConfiguration;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

/**
 * Refuses bodies that are JSON but no messages, such as a text or a number, which the MCP extension answers with an empty
 * 500. See JSON-RPC 2.0, section 5.1.
 */
@Singleton
final class MessageCheck {
    /** After authentication and before the extension's own routes. */
    private static final int ORDER = -10;

    private static final String INVALID = "{\"jsonrpc\":\"2.0\",\"id\":null,\"error\":{\"code\":-32600,\"message\":"
            + "\"The body is no JSON-RPC message: send a JSON object.\"}}";

    private final long longestBody;

    MessageCheck(SecurityConfiguration configuration) {
        this.longestBody = configuration.http().longestBody();
    }

    void register(@Observes Router router) {
        BodyHandler body = BodyHandler.create(false).setBodyLimit(longestBody);
        for (String path : new String[] {"/mcp", Endpoint.READ_ONLY_PATH}) {
            router.post(path).order(ORDER).handler(body);
            router.post(path).order(ORDER + 1).handler(MessageCheck::check);
        }
    }

    private static void check(RoutingContext context) {
        Buffer body = context.body().buffer();
        if (body != null && isMessage(body)) {
            context.next();
        } else {
            context.response()
                    .setStatusCode(400)
                    .putHeader(HttpHeaders.CONTENT_TYPE, "application/json")
                    .end(INVALID);
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
