package io.infrabridge.audit.trail;

import io.infrabridge.contract.EventType;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;

/** What is counted of the recording. */
@ApplicationScoped
class TrailMetrics {
    private static final Set<String> AUDIT_TYPES = Set.of(Event.UNREADABLE, Event.UNVERIFIED);

    private final MeterRegistry registry;
    private final TrailProgress progress;
    private final AtomicLong lag = new AtomicLong();

    TrailMetrics(MeterRegistry registry, TrailProgress progress) {
        this.registry = registry;
        this.progress = progress;
        registry.gauge("infrabridge.audit.lag.records", lag);
    }

    void stored(Collection<AuditRecord> records) {
        progress.add(records.size());
        for (AuditRecord record : records) {
            registry.counter("infrabridge.audit.records", "type", label(record.event.type()))
                    .increment();
        }
    }

    void duplicates(int count) {
        registry.counter("infrabridge.audit.duplicates").increment(count);
    }

    void attemptFailed() {
        registry.counter("infrabridge.audit.store.failures").increment();
    }

    /** Records that the broker holds for this replica's partitions and that are not stored yet. */
    void lag(long records) {
        lag.set(records);
    }

    /** A sender chooses the type, so an unknown one must not make a time series of its own. */
    private static String label(String type) {
        return EventType.of(type).isPresent() || AUDIT_TYPES.contains(type) ? type : "other";
    }
}
