package io.infrabridge.gateway.security;

import io.infrabridge.contract.Category;
import io.infrabridge.gateway.problem.Problem;
import io.infrabridge.gateway.problem.Refusal;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.net.HostAndPort;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Refuses what must not even be looked at: names that a loopback service cannot have been called by (DNS rebinding) and
 * bodies that are too long.
 */
@Singleton
final class RequestGate {
    private static final int BEFORE_AUTHENTICATION = 1000;
    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]", "::1");

    private final Set<String> allowedHosts = new HashSet<>(LOOPBACK);
    private final boolean bound;
    private final long longestBody;

    RequestGate(SecurityConfiguration configuration, @ConfigProperty(name = "quarkus.http.host") String host) {
        this.bound = LOOPBACK.contains(host);
        configuration.http().allowedHosts().orElse(List.of()).stream()
                .map(name -> name.toLowerCase(Locale.ROOT))
                .forEach(allowedHosts::add);
        this.longestBody = configuration.http().longestBody();
    }

    void register(@Observes Filters filters) {
        filters.register(this::check, BEFORE_AUTHENTICATION);
    }

    private void check(RoutingContext context) {
        if (bound && !calledByAllowedName(context)) {
            refuse(
                    context,
                    Refusal.of(
                            Category.FORBIDDEN,
                            "The Host header names a host that this gateway does not answer for.",
                            "Call it as localhost or 127.0.0.1, or list the name in infrabridge.http.allowed-hosts."));
        } else if (announcedLength(context) > longestBody) {
            refuse(
                    context,
                    Refusal.of(
                            Category.PAYLOAD_TOO_LARGE,
                            "The request body is longer than " + longestBody + " bytes.",
                            "Send less; content that large does not belong into arguments."));
        } else {
            context.next();
        }
    }

    private boolean calledByAllowedName(RoutingContext context) {
        HostAndPort authority = context.request().authority();
        return authority != null && allowedHosts.contains(authority.host().toLowerCase(Locale.ROOT));
    }

    private static long announcedLength(RoutingContext context) {
        String length = context.request().getHeader(HttpHeaders.CONTENT_LENGTH);
        try {
            return length == null ? 0 : Long.parseLong(length);
        } catch (NumberFormatException e) {
            // the HTTP decoder refuses such a request by itself
            return 0;
        }
    }

    private static void refuse(RoutingContext context, Refusal refusal) {
        Problem problem = Problem.of(refusal);
        context.response()
                .setStatusCode(problem.status())
                .putHeader(HttpHeaders.CONTENT_TYPE, Problem.MEDIA_TYPE)
                .end(Buffer.buffer(problem.json()));
    }
}
