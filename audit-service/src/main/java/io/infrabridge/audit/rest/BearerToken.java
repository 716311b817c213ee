package io.infrabridge.audit.rest;

import io.infrabridge.audit.trail.AuditConfig;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Optional;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;

/** Lets only the bearer of the configured token in; without one configured, everybody who reaches the loopback address. */
// Not a singleton: filters are made when the service is built, before there is a configuration.
@ApplicationScoped
class BearerToken {
    private final Optional<byte[]> expected;

    BearerToken(AuditConfig config) {
        this.expected = config.token().map(token -> bytes("Bearer " + token));
    }

    @ServerRequestFilter
    void check(ContainerRequestContext request) {
        String given = request.getHeaderString(HttpHeaders.AUTHORIZATION);
        if (expected.isPresent() && !MessageDigest.isEqual(expected.get(), bytes(given == null ? "" : given))) {
            throw Refused.unauthenticated();
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
