package io.infrabridge.gateway.security;

import io.infrabridge.contract.Category;
import io.infrabridge.contract.Envelope;
import io.infrabridge.trust.Reloading;
import io.infrabridge.trust.signature.TrustStore;
import io.infrabridge.trust.signature.TrustedKey;
import io.infrabridge.trust.signature.Verification;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.event.Event;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Decides whether a record is believed, and counts and logs those that are not. */
@Singleton
public final class SignedRecords {
    private static final Logger LOG = Logger.getLogger(SignedRecords.class);

    private static final String SIGNATURE = "signature";

    private final Reloading<TrustStore> trust;
    private final MeterRegistry metrics;
    private final Event<DroppedRecord> drops;

    SignedRecords(Reloading<TrustStore> trust, MeterRegistry metrics, Event<DroppedRecord> drops) {
        this.trust = trust;
        this.metrics = metrics;
        this.drops = drops;
    }

    /** The key that signed the record's exact bytes; without one the record has been dropped. */
    public Optional<TrustedKey> signer(ConsumerRecord<String, byte[]> record) {
        if (record.value() == null) {
            return Optional.empty();
        }
        Verification verification = trust.current()
                .verify(
                        record.topic(),
                        record.value(),
                        header(record, Envelope.KEY_ID_HEADER),
                        header(record, Envelope.SIGNATURE_HEADER));
        if (verification instanceof Verification.NotBelieved not) {
            drop(record, SIGNATURE, not.why());
            return Optional.empty();
        }
        return Optional.of(((Verification.Signed) verification).key());
    }

    public void drop(ConsumerRecord<String, byte[]> record, String reason, String detail) {
        metrics.counter("infrabridge.records.dropped", "topic", record.topic(), "reason", reason)
                .increment();
        LOG.warnf(
                "dropped %s[%d]@%d key %s: %s",
                record.topic(), record.partition(), record.offset(), record.key(), detail);
        drops.fire(new DroppedRecord(
                record, reason.equals(SIGNATURE) ? Category.BAD_SIGNATURE : Category.FORBIDDEN, detail));
    }

    private static @Nullable String header(ConsumerRecord<String, byte[]> record, String name) {
        Header header = record.headers().lastHeader(name);
        return header == null || header.value() == null ? null : new String(header.value(), StandardCharsets.UTF_8);
    }
}
