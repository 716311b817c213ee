package io.infrabridge.runtime.worker;

import io.infrabridge.contract.EventType;
import io.infrabridge.contract.SecurityEvent;
import io.infrabridge.contract.Topics;
import io.infrabridge.runtime.execution.SecurityEvents;
import io.micrometer.core.instrument.MeterRegistry;
import io.opentelemetry.context.Context;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.jboss.logging.Logger;

/**
 * Publishes what happens at the hosts' doors. It is sent behind the back of what it tells of, so that an SSH session neither
 * waits for Kafka nor fails with it; while Kafka is away, the first thousand wait and the others are counted and lost.
 */
@Singleton
final class SecurityLog implements SecurityEvents {
    private static final Logger LOG = Logger.getLogger(SecurityLog.class);
    private static final int MOST_UNSENT = 1000;
    private static final int LONGEST_DETAIL = 2000;

    private final MeterRegistry metrics;
    private final AtomicInteger unsent = new AtomicInteger();
    private volatile Optional<Reporter> reporter = Optional.empty();

    SecurityLog(MeterRegistry metrics) {
        this.metrics = metrics;
    }

    void publishBy(Publisher publisher, String worker, Clock clock) {
        reporter = Optional.of(new Reporter(publisher, worker, clock));
    }

    @Override
    public void happened(Sighting sighting, Context trace) {
        Optional<Reporter> open = reporter;
        if (open.isEmpty() || unsent.incrementAndGet() > MOST_UNSENT) {
            open.ifPresent(full -> unsent.decrementAndGet());
            lost(sighting, "nobody takes it");
            return;
        }
        SecurityEvent event = open.get().event(sighting);
        open.get()
                .publisher()
                .publish(Topics.SECURITY, event.target(), event.id(), EventType.SECURITY, event, trace)
                .onTermination()
                .invoke(unsent::decrementAndGet)
                .subscribe()
                .with(done -> {}, failure -> lost(sighting, failure.toString()));
    }

    private void lost(Sighting sighting, String why) {
        metrics.counter("infrabridge.security.events.lost").increment();
        LOG.warnf(
                "%s of %s is not on record: %s",
                sighting.kind(), sighting.host().name(), why);
    }

    /** Who reports, and how. */
    private record Reporter(Publisher publisher, String worker, Clock clock) {
        SecurityEvent event(Sighting seen) {
            return new SecurityEvent(
                    UUID.randomUUID().toString(),
                    seen.kind(),
                    seen.host().name(),
                    Optional.of(seen.host().address() + ":" + seen.host().sshPort()),
                    Optional.of(seen.host().user()),
                    seen.via(),
                    seen.session(),
                    1,
                    seen.detail().map(text -> text.substring(0, Math.min(text.length(), LONGEST_DETAIL))),
                    worker,
                    clock.instant());
        }
    }
}
