package io.infrabridge.audit.anomaly;

import io.infrabridge.audit.trail.SignedRecords;
import io.infrabridge.audit.trail.TrustedKeys;
import io.infrabridge.contract.Envelope;
import io.infrabridge.contract.EventType;
import io.infrabridge.contract.HealthEvent;
import io.infrabridge.contract.Json;
import io.infrabridge.contract.Topics;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.KafkaException;
import org.jboss.logging.Logger;

/** Publishes anomalies as health events, behind the back of the recording; what does not fit in while Kafka is away is only logged. */
@ApplicationScoped
class AnomalyReports {
    private static final Logger LOG = Logger.getLogger(AnomalyReports.class);
    private static final int MOST_WAITING = 1000;
    private static final int LONGEST_SUBJECT = 1000;

    private final SignedRecords records;
    private final ThreadPoolExecutor sender =
            new ThreadPoolExecutor(1, 1, 0, TimeUnit.SECONDS, new ArrayBlockingQueue<>(MOST_WAITING), task -> {
                Thread thread = new Thread(task, "anomaly-reports");
                thread.setDaemon(true);
                return thread;
            });

    AnomalyReports(SignedRecords records) {
        this.records = records;
    }

    void publish(Anomaly anomaly) {
        HealthEvent event = event(anomaly);
        try {
            sender.execute(() -> send(event));
        } catch (RejectedExecutionException e) {
            LOG.warnf("Not published, too many wait already: %s", anomaly.message());
        }
    }

    @PreDestroy
    void close() {
        sender.shutdownNow();
    }

    private void send(HealthEvent event) {
        Envelope envelope = new Envelope(event.id(), "/" + TrustedKeys.SERVICE, EventType.HEALTH, event.at());
        try {
            records.sign(Topics.HEALTH, event.target(), envelope, Json.bytes(event));
        } catch (KafkaException e) {
            LOG.warnf("Not published, %s: %s", e.getMessage(), event.issues());
        }
    }

    private static HealthEvent event(Anomaly anomaly) {
        String subject = anomaly.kind().label() + " of " + anomaly.caller();
        return new HealthEvent(
                UUID.randomUUID().toString(),
                "anomaly",
                subject.substring(0, Math.min(subject.length(), LONGEST_SUBJECT)),
                // of a refused request the target is whatever the caller wrote
                anomaly.target().matches("[A-Za-z0-9_*][A-Za-z0-9_.:@/*-]{0,253}") ? anomaly.target() : "unknown",
                HealthEvent.Status.DEGRADED,
                List.of(anomaly.message()),
                TrustedKeys.SERVICE,
                Instant.now());
    }
}
