package io.infrabridge.audit.trail;

import com.fasterxml.jackson.databind.JsonNode;
import io.infrabridge.contract.InvalidContract;
import io.infrabridge.contract.Json;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Makes an audit record of whatever stands in Kafka: every record becomes one, also one that nobody can read. */
final class RecordReader {
    private static final Logger LOG = Logger.getLogger(RecordReader.class);
    private static final byte[] NOTHING = {};
    private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59Z");

    private final Proof proof;

    RecordReader(Proof proof) {
        this.proof = proof;
    }

    AuditRecord read(ConsumerRecord<byte[], byte[]> record, String chain) {
        Headers headers = Headers.of(record.headers());
        byte[] value = record.value() == null ? NOTHING : record.value();
        Position position = new Position(chain, record.topic(), record.partition(), record.offset(), key(record));
        Instant received = storable(Instant.ofEpochMilli(record.timestamp()));
        try {
            return readable(position, headers, value);
        } catch (InvalidContract e) {
            return unreadable(position, headers, value, received, e);
        } catch (RuntimeException e) {
            // A mistake in this service must not keep the records behind this one out of the trail.
            LOG.errorf(e, "Cannot interpret %s offset %d; recorded as unreadable", chain, record.offset());
            return unreadable(position, headers, value, received, e);
        }
    }

    /** The same record without anything but its bytes, for one that PostgreSQL refuses for its content. */
    static AuditRecord bare(AuditRecord refused, String problem) {
        Event event = new Event(null, null, Event.UNREADABLE, null, refused.event.time());
        Position position = refused.position;
        UUID key = EventKey.ofPosition(position.chain(), position.offset());
        var content = new AuditRecord.Content(refused.value, "{}", null);
        return new AuditRecord(key, position, event, Origin.unproven(problem), Subject.UNKNOWN, content);
    }

    private AuditRecord readable(Position position, Headers headers, byte[] value) {
        Attributes attributes = Attributes.from(headers);
        JsonNode message = message(attributes, value);
        Origin origin = proof.of(position.topic(), attributes, headers, value, message);
        boolean verified = origin.signer() != null;
        boolean believed = verified || !Proof.needed(position.topic(), headers);
        String type = attributes.type();
        UUID key = believed
                ? EventKey.ofEvent(
                        attributes.envelope().source(), attributes.envelope().id(), type, verified, value)
                : EventKey.ofPosition(position.chain(), position.offset());
        Event event = new Event(
                attributes.envelope().id(),
                StoredText.of(attributes.envelope().source(), StoredText.LONGEST_INDEXED),
                believed ? StoredText.of(type, StoredText.LONGEST_INDEXED) : Event.UNVERIFIED,
                believed ? null : StoredText.of(type, StoredText.LONGEST_INDEXED),
                storable(attributes.envelope().time()));
        return new AuditRecord(
                key, position, event, origin, Subject.of(type, message), content(headers, value, message));
    }

    private static JsonNode message(Attributes attributes, byte[] value) {
        JsonNode message = Json.parse(value);
        if (!message.isObject()) {
            throw new InvalidContract("value", "is not a JSON object");
        }
        attributes.known().ifPresent(type -> Json.convert(message, type.payload()));
        return message;
    }

    private static AuditRecord unreadable(
            Position position, Headers headers, byte[] value, Instant at, RuntimeException why) {
        String claimed = StoredText.ofNullable(headers.get("ce_type"), StoredText.LONGEST_INDEXED);
        Event event = new Event(
                StoredText.ofNullable(headers.get("ce_id"), StoredText.LONGEST_INDEXED),
                StoredText.ofNullable(headers.get("ce_source"), StoredText.LONGEST_INDEXED),
                Event.UNREADABLE,
                claimed,
                at);
        UUID key = EventKey.ofPosition(position.chain(), position.offset());
        Origin origin = Origin.unproven(String.valueOf(why.getMessage()));
        return new AuditRecord(key, position, event, origin, Subject.UNKNOWN, content(headers, value, null));
    }

    private static AuditRecord.Content content(Headers headers, byte[] value, @Nullable JsonNode message) {
        String traceId = headers.traceId()
                .orElseGet(
                        () -> message == null ? null : message.path("trace_id").textValue());
        return new AuditRecord.Content(
                value, headers.json(), StoredText.ofNullable(traceId, StoredText.LONGEST_INDEXED));
    }

    /** PostgreSQL knows fewer years than Java, and no nanoseconds. */
    private static Instant storable(Instant time) {
        if (time.isBefore(Instant.EPOCH)) {
            return Instant.EPOCH;
        }
        return time.isAfter(LATEST) ? LATEST : time.truncatedTo(ChronoUnit.MICROS);
    }

    private static @Nullable String key(ConsumerRecord<byte[], byte[]> record) {
        byte[] key = record.key();
        return key == null ? null : StoredText.of(new String(key, StandardCharsets.UTF_8), StoredText.LONGEST_INDEXED);
    }
}
