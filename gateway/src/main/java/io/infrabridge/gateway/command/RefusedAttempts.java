package io.infrabridge.gateway.command;

import io.infrabridge.contract.Envelope;
import io.infrabridge.contract.EventType;
import io.infrabridge.contract.SecurityEvent;
import io.infrabridge.contract.Topics;
import io.infrabridge.gateway.security.ServiceName;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.quarkus.vertx.http.runtime.security.QuarkusHttpUser;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import io.vertx.core.Vertx;
import io.vertx.core.net.SocketAddress;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import org.jboss.logging.Logger;

/**
 * Puts on record who was turned away before there was an operation that could be refused: without a valid key, at the gate, or
 * from a path that is not his. Added up and told from time to time, so that whoever knocks a thousand times a second
 * makes no more than {@link AttemptCounts#MOST_SENDERS} and one records each time; what was counted since is lost when this
 * service stops.
 */
@Singleton
final class RefusedAttempts {
    private static final Logger LOG = Logger.getLogger(RefusedAttempts.class);
    private static final int BEFORE_EVERYTHING = 2000;
    private static final int LONGEST_PATH = 200;
    private static final String OPERATIONS = "/api/v1/operations";

    private final AttemptCounts counts = new AttemptCounts();
    private final SignedPublisher publisher;
    private final Clock clock;

    RefusedAttempts(SignedPublisher publisher, Clock clock, Vertx vertx, Configuration configuration) {
        this.publisher = publisher;
        this.clock = clock;
        vertx.setPeriodic(configuration.reportEvery().toMillis(), timer -> report());
    }

    /** What can be set under {@code infrabridge.attempts}. */
    @ConfigMapping(prefix = "infrabridge.attempts")
    interface Configuration {
        @WithDefault("30s")
        Duration reportEvery();
    }

    void register(@Observes Filters filters) {
        filters.register(this::watch, BEFORE_EVERYTHING);
    }

    private void watch(RoutingContext context) {
        context.addHeadersEndHandler(answered -> look(context));
        context.next();
    }

    private void look(RoutingContext context) {
        int status = context.response().getStatusCode();
        Optional<String> caller = caller(context);
        if (!turnedAway(status, caller.isPresent(), context.normalizedPath())) {
            return;
        }
        String path = context.normalizedPath().replaceAll("[^\\x20-\\x7e]", "?");
        SocketAddress address = context.request().remoteAddress();
        counts.add(
                new AttemptCounts.Sender(address == null ? "unknown" : address.hostAddress(), caller),
                status + " " + context.request().method() + " "
                        + path.substring(0, Math.min(path.length(), LONGEST_PATH)));
    }

    /** What a known caller asks of operations is on record as a rejected operation. */
    static boolean turnedAway(int status, boolean known, String path) {
        return known
                ? status == 403 && !path.equals(OPERATIONS)
                : status == 400 || status == 401 || status == 403 || status == 413 || status == 429;
    }

    private static Optional<String> caller(RoutingContext context) {
        return context.user() instanceof QuarkusHttpUser user
                        && !user.getSecurityIdentity().isAnonymous()
                ? Optional.of(user.getSecurityIdentity().getPrincipal().getName())
                : Optional.empty();
    }

    private void report() {
        for (AttemptCounts.Counted counted : counts.drain()) {
            SecurityEvent event = event(counted);
            publisher
                    .publish(
                            Topics.SECURITY,
                            event.target(),
                            new Envelope(event.id(), "/" + ServiceName.GATEWAY, EventType.SECURITY, event.at()),
                            event)
                    .subscribe()
                    .with(done -> {}, failure -> LOG.warnf("not on record, %s: %s", failure.getMessage(), counted));
        }
    }

    private SecurityEvent event(AttemptCounts.Counted counted) {
        return new SecurityEvent(
                UUID.randomUUID().toString(),
                SecurityEvent.Kind.REQUEST_REFUSED,
                ServiceName.GATEWAY,
                counted.sender().map(AttemptCounts.Sender::address),
                counted.sender().flatMap(AttemptCounts.Sender::caller),
                Optional.empty(),
                Optional.empty(),
                counted.count(),
                Optional.of(counted.first()),
                ServiceName.GATEWAY,
                clock.instant());
    }
}
