package io.infrabridge.gateway.security;

import io.infrabridge.contract.Category;
import io.infrabridge.gateway.problem.Problem;
import io.infrabridge.gateway.problem.Refusal;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Refuses what must not even be looked at: requests by names or from web pages that are not allowed, and bodies that are too long. */
@Singleton
final class RequestGate {
    private static final int BEFORE_AUTHENTICATION = 1000;
    private static final int BEFORE_ALL_ROUTES = -1_000_000;

    private final RequestNames names;
    private final long longestBody;

    RequestGate(SecurityConfiguration configuration, @ConfigProperty(name = "quarkus.http.host") String host) {
        SecurityConfiguration.Http http = configuration.http();
        this.names = new RequestNames(
                host,
                http.allowedHosts().orElse(List.of()),
                http.allowedOrigins().orElse(List.of()));
        this.longestBody = http.longestBody();
    }

    void register(@Observes Filters filters) {
        filters.register(this::check, BEFORE_AUTHENTICATION);
    }

    /** The HTTP layer fails a request that names no host before any filter sees it, and would log it as a failure of ours. */
    void registerForFailures(@Observes Router router) {
        router.route().order(BEFORE_ALL_ROUTES).failureHandler(context -> {
            if (context.statusCode() == 400 && context.request().authority() == null) {
                refuse(
                        context,
                        Refusal.of(
                                Category.INVALID_REQUEST,
                                "The request has no Host header, or one that cannot be read.",
                                "Send Host, as HTTP/1.1 wants it (RFC 9110, section 7.2)."));
            } else {
                context.next();
            }
        });
    }

    private void check(RoutingContext context) {
        HttpServerRequest request = context.request();
        Optional<Refusal> objection = names.objection(new RequestNames.Named(
                request.authority(),
                request.headers().getAll(HttpHeaders.HOST).size(),
                request.headers().getAll(HttpHeaders.ORIGIN),
                context.normalizedPath()));
        if (objection.isPresent()) {
            refuse(context, objection.get());
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
