package io.infrabridge.audit.rest;

import io.infrabridge.audit.trail.AuditConfig;
import io.smallrye.mutiny.Multi;
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
        return unhurried(query.ifNoItem().after(limit).fail());
    }

    /** For what may rightly take as long as the trail is. */
    <T> Uni<T> unhurried(Uni<T> query) {
        return query.onFailure(Availability::unexpected).transform(Availability::refusal);
    }

    <T> Multi<T> unhurried(Multi<T> query) {
        return query.onFailure(Availability::unexpected).transform(Availability::refusal);
    }

    private static boolean unexpected(Throwable failure) {
        return !(failure instanceof Refused);
    }

    private static Throwable refusal(Throwable failure) {
        LOG.warnf("A query failed: %s", failure);
        LOG.debug("A query failed", failure);
        return Refused.unavailable();
    }
}
