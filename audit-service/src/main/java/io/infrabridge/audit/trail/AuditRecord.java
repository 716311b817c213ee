package io.infrabridge.audit.trail;

import jakarta.persistence.Embedded;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** One event as it stands in the audit trail, for good. */
@Entity
@Table(name = "audit_records")
public class AuditRecord {
    /** Rises in the order in which the transactions were committed, so a page by it never misses a record. */
    @Id
    public long number;

    /** Equal for two deliveries of one event and for nothing else. */
    public UUID eventKey;

    /** Counts the records of the chain from 1, without gaps. */
    public long chainSequence;

    @Embedded
    public Position position;

    @Embedded
    public Event event;

    @Embedded
    public Origin origin;

    @Embedded
    public @Nullable Subject subject;

    public Instant recordedAt;
    public @Nullable String traceId;

    /** The headers as JSON. */
    public String headers;

    /** The exact bytes of the record's value. */
    public byte[] value;

    public int valueSize;

    /** The hash of the record before it in the chain; absent of records that are older than the chain. */
    public byte @Nullable [] previousHash;

    /** See {@link io.infrabridge.verifier.RecordHash}. */
    public byte @Nullable [] hash;

    /** For Hibernate. */
    @SuppressWarnings("NullAway.Init")
    protected AuditRecord() {}

    AuditRecord(UUID eventKey, Position position, Event event, Origin origin, Subject subject, Content content) {
        this.eventKey = eventKey;
        this.position = position;
        this.event = event;
        this.origin = origin;
        this.subject = subject;
        this.recordedAt = Instant.EPOCH;
        this.traceId = content.traceId();
        this.headers = content.headers();
        this.value = content.value();
        this.valueSize = content.value().length;
    }

    /** Who wanted what; empty properties where the message could not be read. */
    public Subject subject() {
        return subject == null ? Subject.UNKNOWN : subject;
    }

    /** The rest of a record, as it is stored. */
    record Content(byte[] value, String headers, @Nullable String traceId) {}
}
