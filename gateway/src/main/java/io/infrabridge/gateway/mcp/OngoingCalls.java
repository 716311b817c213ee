package io.infrabridge.gateway.mcp;

import io.infrabridge.gateway.command.CancellableCall;
import io.infrabridge.gateway.command.WithdrawnCalls;
import io.infrabridge.gateway.security.Caller;
import io.quarkiverse.mcp.server.ToolManager.ToolArguments;
import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import io.quarkus.vertx.http.runtime.security.QuarkusHttpUser;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Tool calls that wait for their answer, so that a client's {@code notifications/cancelled} finds the operation of its call.
 *
 * @see <a href="https://modelcontextprotocol.io/specification/2025-06-18/basic/utilities/cancellation">Cancellation</a>
 */
@Singleton
final class OngoingCalls {
    /** The part of the older transport's path that names the connection. */
    static final String CONNECTION = "connection";

    private static final int LONGEST_REASON = 1000;

    private final WithdrawnCalls withdrawn;
    private final CurrentVertxRequest current;
    private final Map<Request, CancellableCall> calls = new ConcurrentHashMap<>();

    OngoingCalls(WithdrawnCalls withdrawn, CurrentVertxRequest current) {
        this.withdrawn = withdrawn;
        this.current = current;
    }

    /**
     * From now on the call can be cancelled; to be asked before the first asynchronous hop.
     *
     * @param onDisconnect whether its client wants the loss of its connection to be taken for a cancellation
     */
    CancellableCall begin(ToolArguments call, Caller caller, boolean onDisconnect) {
        CancellableCall cancellable = withdrawn.of(caller);
        calls.put(Request.of(call), cancellable);
        if (onDisconnect) {
            withdrawn.whenGone(cancellable, caller, current.getCurrent());
        }
        return cancellable;
    }

    void end(ToolArguments call, CancellableCall cancellable) {
        calls.remove(Request.of(call), cancellable);
    }

    void hear(JsonObject message, RoutingContext context) {
        if (!"notifications/cancelled".equals(message.getValue("method"))
                || !(message.getValue("params") instanceof JsonObject parameters)
                || !(context.user() instanceof QuarkusHttpUser user)) {
            return;
        }
        Optional.ofNullable(context.pathParam(CONNECTION))
                .or(() -> Optional.ofNullable(context.request().getHeader("Mcp-Session-Id")))
                .map(connection -> new Request(connection, String.valueOf(parameters.getValue("requestId"))))
                .map(calls::get)
                .ifPresent(call -> call.withdraw(Caller.of(user.getSecurityIdentity()), reason(parameters)));
    }

    private static String reason(JsonObject parameters) {
        String given = parameters.getValue("reason") instanceof String text ? ": " + text : "";
        return "cancelled by its client" + given.substring(0, Math.min(given.length(), LONGEST_REASON));
    }

    private record Request(String connection, String id) {
        static Request of(ToolArguments call) {
            return new Request(
                    call.connection().id(), String.valueOf(call.requestId().value()));
        }
    }
}
