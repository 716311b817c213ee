package io.infrabridge.audit.trail;

import io.infrabridge.trust.Reloading;
import io.infrabridge.trust.signature.TrustStore;
import io.opentelemetry.api.trace.Span;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.jboss.logging.Logger;

/** Reads a batch and stores it; fails as a whole, and may then be called again with the same batch. */
@ApplicationScoped
class Recorder {
    private static final Logger LOG = Logger.getLogger(Recorder.class);

    private final Trail trail;
    private final RecordReader reader;
    private final TrailMetrics metrics;
    private final TrailSpans spans;
    private final Event<StoredBatch> stored;

    Recorder(
            Trail trail,
            Reloading<TrustStore> trust,
            TrailMetrics metrics,
            TrailSpans spans,
            Event<StoredBatch> stored) {
        this.trail = trail;
        this.reader = new RecordReader(new Proof(trust::current));
        this.metrics = metrics;
        this.spans = spans;
        this.stored = stored;
    }

    void store(List<ConsumerRecord<byte[], byte[]>> records, Function<TopicPartition, String> chains) {
        Span span = spans.begin(records);
        try {
            List<AuditRecord> read = new ArrayList<>(records.size());
            for (ConsumerRecord<byte[], byte[]> record : records) {
                read.add(reader.read(record, chains.apply(new TopicPartition(record.topic(), record.partition()))));
            }
            store(read);
        } catch (RuntimeException e) {
            metrics.attemptFailed();
            TrailSpans.failed(span, e);
            throw e;
        } finally {
            span.end();
        }
    }

    /** Fails when PostgreSQL is away. */
    void probe() {
        Blocking.await(trail::ping);
    }

    void behind(long records) {
        metrics.lag(records);
    }

    private void store(List<AuditRecord> read) {
        try {
            List<AuditRecord> added = Blocking.await(() -> trail.store(read));
            told(added);
            metrics.duplicates(read.size() - added.size());
        } catch (RuntimeException e) {
            if (!Refusal.isForContent(e)) {
                throw e;
            }
            LOG.errorf(e, "PostgreSQL refuses the content of a batch of %d; storing one by one", read.size());
            storeOneByOne(read);
        }
    }

    private void told(List<AuditRecord> added) {
        metrics.stored(added);
        if (!added.isEmpty()) {
            stored.fire(new StoredBatch(added));
        }
    }

    /** The records around the refused one are stored as usual, in their order; of that one the bytes are kept. */
    private void storeOneByOne(List<AuditRecord> read) {
        for (AuditRecord record : read) {
            try {
                told(Blocking.await(() -> trail.store(List.of(record))));
            } catch (RuntimeException e) {
                if (!Refusal.isForContent(e)) {
                    throw e;
                }
                AuditRecord bare = RecordReader.bare(record, "PostgreSQL refuses its content: " + e.getMessage());
                told(Blocking.await(() -> trail.store(List.of(bare))));
            }
        }
    }
}
