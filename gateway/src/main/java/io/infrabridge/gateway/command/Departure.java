package io.infrabridge.gateway.command;

import io.quarkus.runtime.ShutdownDelayInitiatedEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;
import org.jboss.logging.Logger;

/**
 * Stops this service in order: nothing new is taken, those who wait get their result or, when the limit is over, their operation as it stands,
 * which they can ask another replica about. Only then the HTTP server ends.
 */
@Singleton
final class Departure {
    private static final Logger LOG = Logger.getLogger(Departure.class);

    private final Drain drain;
    private final Admission admission;
    private final Duration limit;

    Departure(Drain drain, Admission admission, CommandConfiguration configuration) {
        this.drain = drain;
        this.admission = admission;
        this.limit = configuration.drain();
    }

    void begin(@Observes ShutdownDelayInitiatedEvent event) throws InterruptedException {
        LOG.infof("nothing new is taken; who waits has up to %d s", limit.toSeconds());
        drain.begin();
        admission.awaitNobody(limit.toMillis());
        drain.end();
    }
}
