package io.infrabridge.gateway.security;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.infrabridge.contract.Json;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.List;

/**
 * Tells a client without a valid token who issues them: the protected-resource metadata of each endpoint, and the 401 that points
 * to it. Without OIDC there is nobody to point to, and 401 asks for a bearer token alone.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9728">RFC 9728</a>
 * @see <a href="https://modelcontextprotocol.io/specification/2025-06-18/basic/authorization">MCP, Authorization</a>
 */
@Singleton
final class ResourceMetadata {
    private static final String WELL_KNOWN = "/.well-known/oauth-protected-resource";
    /** Those that are resources of their own, the longer paths first. */
    private static final List<String> ENDPOINTS = List.of("/mcp/read-only", "/mcp/sse", "/mcp", "");

    private final TokenIssuer issuer;
    private final SecurityConfiguration configuration;

    ResourceMetadata(TokenIssuer issuer, SecurityConfiguration configuration) {
        this.issuer = issuer;
        this.configuration = configuration;
    }

    void register(@Observes Router router) {
        issuer.name()
                .ifPresent(name -> ENDPOINTS.forEach(endpoint ->
                        router.get(WELL_KNOWN + endpoint).handler(context -> answer(context, endpoint, name))));
    }

    /** The value of {@code WWW-Authenticate}. */
    String challenge(RoutingContext context) {
        if (!issuer.isTrusted()) {
            return "Bearer";
        }
        String path = context.normalizedPath();
        String endpoint = ENDPOINTS.stream()
                .filter(name -> path.equals(name) || path.startsWith(name + "/"))
                .findFirst()
                .orElse("");
        return "Bearer resource_metadata=\"" + base(context) + WELL_KNOWN + endpoint + "\"";
    }

    private void answer(RoutingContext context, String endpoint, String authorizationServer) {
        ObjectNode document = Json.object();
        document.put("resource", base(context) + endpoint);
        document.putArray("authorization_servers").add(authorizationServer);
        document.putArray("bearer_methods_supported").add("header");
        document.put("resource_name", "Infrabridge");
        context.response()
                .putHeader(HttpHeaders.CONTENT_TYPE, "application/json")
                .end(Buffer.buffer(Json.bytes(document)));
    }

    /** Without a slash at its end, so that a path can follow. */
    private String base(RoutingContext context) {
        return configuration
                .http()
                .publicUrl()
                .map(url -> url.toString().replaceAll("/+$", ""))
                .orElseGet(() ->
                        context.request().scheme() + "://" + context.request().authority());
    }
}
