package io.infrabridge.audit.anomaly;

import io.infrabridge.audit.trail.AuditRecord;
import io.infrabridge.audit.trail.RecentRecords;
import io.infrabridge.audit.trail.StoredBatch;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.List;
import org.jboss.logging.Logger;

/**
 * Looks at every record behind its being stored. What the detectors know is in memory alone and is learnt again from the trail at
 * start, so that a restart neither forgets a burst nor takes everybody for a stranger. Each replica sees the partitions
 * that it records.
 */
@ApplicationScoped
class AnomalyWatch {
    private static final Logger LOG = Logger.getLogger(AnomalyWatch.class);

    private final RecentRecords recent;
    private final AnomalyReports reports;
    private final MeterRegistry metrics;
    private final AnomalyConfig config;
    private final Deeds deeds = new Deeds();
    private final List<Detector> detectors;
    private boolean remembers;

    AnomalyWatch(RecentRecords recent, AnomalyReports reports, MeterRegistry metrics, AnomalyConfig config) {
        this.recent = recent;
        this.reports = reports;
        this.metrics = metrics;
        this.config = config;
        this.detectors = List.of(
                Burst.refusals(config.refusals(), config.refusalsWithin(), config.callers()),
                Burst.destruction(config.destructive(), config.destructiveWithin(), config.callers()),
                new NewTargets(config.learningTime(), config.learningRequests(), config.callers()));
    }

    /** Called by the one thread that records; whatever goes wrong here must not keep it from that. */
    void stored(@Observes StoredBatch batch) {
        try {
            if (!remembers) {
                recent.latest(config.rememberedRecords(), batch.first(), this::learn);
                remembers = true;
            }
            batch.records().forEach(this::look);
        } catch (RuntimeException e) {
            LOG.errorf(e, "Records %d and following were not looked at", batch.first());
        }
    }

    private void learn(AuditRecord record) {
        deeds.of(record).forEach(deed -> detectors.forEach(detector -> detector.see(deed)));
    }

    private void look(AuditRecord record) {
        for (Deed deed : deeds.of(record)) {
            for (Detector detector : detectors) {
                detector.see(deed).ifPresent(this::tell);
            }
        }
    }

    private void tell(Anomaly anomaly) {
        metrics.counter("infrabridge.anomalies", "kind", anomaly.kind().label()).increment();
        LOG.warnf("Anomaly: %s", anomaly.message());
        reports.publish(anomaly);
    }
}
