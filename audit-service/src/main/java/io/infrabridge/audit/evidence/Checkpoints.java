package io.infrabridge.audit.evidence;

import io.infrabridge.audit.trail.AuditConfig;
import io.infrabridge.audit.trail.Blocking;
import io.infrabridge.audit.trail.TrailProgress;
import io.infrabridge.verifier.SignedCheckpoint;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/** Signs the state of the trail from time to time and publishes what is signed; what fails is tried again. */
@ApplicationScoped
class Checkpoints {
    private static final Logger LOG = Logger.getLogger(Checkpoints.class);
    private static final Duration LOOK_EVERY = Duration.ofMillis(200);
    private static final int PUBLISHED_AT_ONCE = 100;

    private final CheckpointStore store;
    private final CheckpointTopic topic;
    private final TrailProgress progress;
    private final AuditConfig config;
    private final MeterRegistry metrics;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "audit-checkpoints");
        thread.setDaemon(true);
        return thread;
    });

    private Optional<SignedCheckpoint> published = Optional.empty();
    private boolean knowsTopic;
    private boolean failing;
    private long covered = -1;
    private Instant last = Instant.EPOCH;

    Checkpoints(
            CheckpointStore store,
            CheckpointTopic topic,
            TrailProgress progress,
            AuditConfig config,
            MeterRegistry metrics) {
        this.store = store;
        this.topic = topic;
        this.progress = progress;
        this.config = config;
        this.metrics = metrics;
    }

    void start(@Observes StartupEvent event) {
        timer.scheduleWithFixedDelay(this::look, LOOK_EVERY.toMillis(), LOOK_EVERY.toMillis(), TimeUnit.MILLISECONDS);
    }

    void stop(@Observes ShutdownEvent event) {
        timer.shutdownNow();
    }

    private void look() {
        long stored = progress.stored();
        boolean timeIsOver = Instant.now().isAfter(last.plus(config.checkpointEvery()));
        if (!progress.recording()
                || stored == covered
                || !timeIsOver && stored - covered < config.checkpointRecords()) {
            return;
        }
        try {
            make();
            covered = stored;
            last = Instant.now();
            failing = false;
        } catch (RuntimeException e) {
            // once in the log, not twice a second
            if (!failing) {
                LOG.warnf("No checkpoint could be made or published, it is tried again: %s", e);
            }
            failing = true;
        }
    }

    private void make() {
        if (!knowsTopic) {
            published = topic.latest();
            knowsTopic = true;
        }
        Blocking.await(() -> store.make(published))
                .ifPresent(
                        made -> metrics.counter("infrabridge.audit.checkpoints").increment());
        long known = published.map(SignedCheckpoint::number).orElse(0L);
        List<SignedCheckpoint> waiting = Blocking.await(() -> store.since(known, PUBLISHED_AT_ONCE));
        while (!waiting.isEmpty()) {
            for (SignedCheckpoint checkpoint : waiting) {
                topic.publish(checkpoint);
                published = Optional.of(checkpoint);
            }
            long reached = published.orElseThrow().number();
            waiting = Blocking.await(() -> store.since(reached, PUBLISHED_AT_ONCE));
        }
    }
}
