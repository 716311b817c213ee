package io.infrabridge.audit.trail;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jboss.logging.Logger;

/** Whether events are being recorded right now; says each change once in the log. */
@ApplicationScoped
class TrailStatus {
    private static final Logger LOG = Logger.getLogger(TrailStatus.class);

    private final AtomicReference<Optional<Trouble>> trouble =
            new AtomicReference<>(Optional.of(new Trouble("it has not started yet", Instant.now())));

    void recording() {
        trouble.getAndSet(Optional.empty())
                .ifPresent(past -> LOG.infof("Events are being recorded (before: %s)", past.reason()));
    }

    void failed(Throwable why) {
        LOG.debug("An attempt failed", why);
        Throwable root = why;
        while (root.getCause() != null && root.getCause() != root) {
            root = root.getCause();
        }
        away(root.getClass().getSimpleName() + ": " + root.getMessage());
    }

    void away(String reason) {
        Optional<Trouble> before = trouble.get();
        if (before.isEmpty() || !before.get().reason().equals(reason)) {
            LOG.warnf("No events are being recorded, none is lost: %s", reason);
            Instant since = before.map(Trouble::since).orElseGet(Instant::now);
            trouble.set(Optional.of(new Trouble(reason, since)));
        }
    }

    Optional<Trouble> trouble() {
        return trouble.get();
    }

    /** Why nothing is recorded, and since when. */
    record Trouble(String reason, Instant since) {}
}
