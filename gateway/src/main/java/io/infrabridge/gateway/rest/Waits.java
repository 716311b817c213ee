package io.infrabridge.gateway.rest;

import io.infrabridge.gateway.command.CancellableCall;
import io.infrabridge.gateway.command.Waiting;
import io.infrabridge.gateway.command.WithdrawnCalls;
import io.infrabridge.gateway.security.Caller;
import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The {@code Prefer} header of a caller: {@code wait=N}, bounded, and {@code cancel-on-disconnect}.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc7240">RFC 7240</a>
 */
@Singleton
final class Waits {
    private static final Pattern WAIT = Pattern.compile("(?:^|[,;\\s])wait\\s*=\\s*\"?(\\d{1,9})\"?");
    private static final Pattern CANCEL = Pattern.compile("(?i)(?:^|[,;\\s])cancel-on-disconnect(?:$|[,;\\s])");

    private final RestConfiguration configuration;
    private final WithdrawnCalls withdrawn;
    private final CurrentVertxRequest request;

    Waits(RestConfiguration configuration, WithdrawnCalls withdrawn, CurrentVertxRequest request) {
        this.configuration = configuration;
        this.withdrawn = withdrawn;
        this.request = request;
    }

    /** To be asked before the first asynchronous hop. */
    Waiting of(Optional<String> prefer, Caller caller) {
        Duration atMost = duration(prefer);
        if (prefer.map(CANCEL::matcher).filter(Matcher::find).isEmpty()) {
            return Waiting.atMost(atMost);
        }
        CancellableCall call = withdrawn.of(caller);
        withdrawn.whenGone(call, caller, request.getCurrent());
        return new Waiting(atMost, call);
    }

    private Duration duration(Optional<String> prefer) {
        Duration asked = prefer.map(WAIT::matcher)
                .filter(Matcher::find)
                .map(found -> Duration.ofSeconds(Long.parseLong(found.group(1))))
                .orElse(configuration.defaultWait());
        return asked.compareTo(configuration.longestWait()) > 0 ? configuration.longestWait() : asked;
    }
}
