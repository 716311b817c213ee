package io.infrabridge.audit.rest;

import io.infrabridge.audit.trail.AuditConfig;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import org.jboss.logging.Logger;

/** Answers in time that the trail is away, however PostgreSQL fails: refusing, silent or not yet set up. */
@ApplicationScoped
class Availability {
    private static final Logger LOG = Logger.getLogger(Availability.class);

    private final Duration limit;

    Availability(AuditConfig config) {
        this.limit = config.answerWithin();
    }

    <T> Uni<T> guard(Uni<T> query) {
        return query.ifNoItem()
                .after(limit)
                .fail()
                .onFailure(failure -> !(failure instanceof Refused))
                .transform(failure -> {
                    LOG.warnf("A query failed: %s", failure);
                    LOG.debug("A query failed", failure);
                    return Refused.unavailable();
                });
    }
}
