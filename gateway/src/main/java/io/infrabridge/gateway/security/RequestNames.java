package io.infrabridge.gateway.security;

import io.infrabridge.contract.Category;
import io.infrabridge.gateway.problem.Refusal;
import io.vertx.core.net.HostAndPort;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Decides by which name a request may have come and from which web page, so that no foreign page reaches the gateway through the
 * browser of somebody who visits it (DNS rebinding, cross-site requests). Programs send no Origin and are not concerned by it.
 */
final class RequestNames {
    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]", "::1");
    /** What a probe reads, which calls by the address that it happens to know. */
    private static final String OF_NO_CALLER = "/q/";

    private final boolean onLoopback;
    private final Set<String> hosts;
    private final Set<String> origins;
    private final boolean anyHost;

    /**
     * @param boundTo what the gateway listens on
     * @param allowedHosts host names without port, besides those of loopback; none means any where it is not bound to loopback
     * @param allowedOrigins such as {@code https://console.example.com}, besides the gateway's own
     */
    RequestNames(String boundTo, List<String> allowedHosts, List<String> allowedOrigins) {
        this.onLoopback = isLoopback(boundTo);
        this.hosts = Stream.concat(LOOPBACK.stream(), allowedHosts.stream().map(RequestNames::lower))
                .collect(Collectors.toUnmodifiableSet());
        this.origins = allowedOrigins.stream().map(RequestNames::lower).collect(Collectors.toUnmodifiableSet());
        this.anyHost = !onLoopback && allowedHosts.isEmpty();
    }

    static boolean isLoopback(String boundTo) {
        return LOOPBACK.contains(lower(boundTo));
    }

    Optional<Refusal> objection(Named request) {
        if (!hostIsAllowed(request)) {
            return Optional.of(Refusal.of(
                    Category.FORBIDDEN,
                    "The Host header names a host that this gateway does not answer for.",
                    "Call it as localhost or 127.0.0.1, or list the name in infrabridge.http.allowed-hosts."));
        }
        if (!request.origins().stream().allMatch(origin -> originIsAllowed(origin, request.authority()))) {
            return Optional.of(Refusal.of(
                    Category.FORBIDDEN,
                    "The Origin header names a web page that may not call this gateway.",
                    "List its origin in infrabridge.http.allowed-origins if it is meant to."));
        }
        return Optional.empty();
    }

    private boolean hostIsAllowed(Named request) {
        if (anyHost || (!onLoopback && request.path().startsWith(OF_NO_CALLER))) {
            return true;
        }
        HostAndPort authority = request.authority();
        return authority != null && request.hostHeaders() <= 1 && hosts.contains(lower(authority.host()));
    }

    private boolean originIsAllowed(String origin, @Nullable HostAndPort authority) {
        String asked = lower(origin);
        boolean own = authority != null
                && (asked.equals("http://" + lower(authority.toString()))
                        || asked.equals("https://" + lower(authority.toString())));
        return own || origins.contains(asked);
    }

    private static String lower(String name) {
        return name.toLowerCase(Locale.ROOT);
    }

    /**
     * What of a request is looked at.
     *
     * @param authority what the request says that it calls, if that can be read
     * @param hostHeaders how many Host headers it has
     * @param path normalized
     */
    record Named(@Nullable HostAndPort authority, int hostHeaders, List<String> origins, String path) {
        Named {
            origins = List.copyOf(origins);
        }
    }
}
