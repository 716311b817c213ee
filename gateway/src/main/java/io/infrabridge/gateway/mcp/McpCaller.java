package io.infrabridge.gateway.mcp;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.infrabridge.contract.Json;
import io.infrabridge.gateway.security.Caller;
import io.quarkiverse.mcp.server.ToolManager.ToolArguments;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Singleton;

/** Who makes an MCP call and where it came in; to be asked before the first asynchronous hop. */
@Singleton
final class McpCaller {
    private final SecurityIdentity identity;
    private final CurrentVertxRequest request;

    McpCaller(SecurityIdentity identity, CurrentVertxRequest request) {
        this.identity = identity;
        this.request = request;
    }

    Caller caller() {
        return Caller.of(identity);
    }

    /** The arguments as the client sent them, nulls among them. */
    ObjectNode arguments(ToolArguments call) {
        ObjectNode arguments = (ObjectNode) Json.tree(call.args());
        NullArguments.putBack(arguments, call.requestId().value(), request.getCurrent());
        return arguments;
    }

    /**
     * Whether nothing may be changed: the extension accepts a session of one endpoint at the other, so where the session
     * was opened, where the tool was registered and where the call came in must all be the endpoint for everything.
     */
    boolean readOnly(Endpoint registered, ToolArguments call) {
        RoutingContext context = request.getCurrent();
        return registered == Endpoint.READ_ONLY
                || Endpoint.READ_ONLY.server().equals(call.connection().serverName())
                || (context != null && context.normalizedPath().startsWith(Endpoint.READ_ONLY_PATH));
    }
}
