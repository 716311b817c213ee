package io.infrabridge.gateway.command;

import io.infrabridge.contract.DeadLetter;
import io.infrabridge.contract.Envelope;
import io.infrabridge.contract.EventType;
import io.infrabridge.contract.Failure;
import io.infrabridge.contract.Topics;
import io.infrabridge.gateway.security.DroppedRecord;
import io.infrabridge.gateway.security.ServiceName;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.jboss.logging.Logger;

/**
 * Puts an announcement that was dropped on record as a dead letter. Nothing in it is of now or of this replica, so that all replicas
 * write the same bytes, at each start again, and the audit keeps them once. The audit reads results itself; what is dropped of
 * heartbeats and progress is counted and logged.
 */
@Singleton
final class DroppedAnnouncements {
    private static final Logger LOG = Logger.getLogger(DroppedAnnouncements.class);

    private final SignedPublisher publisher;

    DroppedAnnouncements(SignedPublisher publisher) {
        this.publisher = publisher;
    }

    void record(@Observes DroppedRecord dropped) {
        ConsumerRecord<String, byte[]> record = dropped.record();
        if (!record.topic().equals(Topics.CATALOGUE)) {
            return;
        }
        String id = record.topic() + ":" + record.partition() + ":" + record.offset();
        Instant when = Instant.ofEpochMilli(record.timestamp());
        DeadLetter letter = new DeadLetter(
                id,
                record.topic(),
                record.partition(),
                record.offset(),
                Optional.ofNullable(record.key()),
                Base64.getEncoder().encodeToString(record.value()),
                headers(record),
                Failure.of(dropped.category(), dropped.why(), "The gateways offer what they knew before."),
                ServiceName.GATEWAY,
                when);
        publisher
                .publish(
                        Topics.DEAD_LETTERS,
                        record.topic(),
                        new Envelope(id, "/" + ServiceName.GATEWAY, EventType.DEAD_LETTER, when),
                        letter)
                .subscribe()
                .with(done -> {}, failure -> LOG.warnf("%s has no dead letter: %s", id, failure.getMessage()));
    }

    private static Map<String, String> headers(ConsumerRecord<String, byte[]> record) {
        Map<String, String> headers = new TreeMap<>();
        for (Header header : record.headers()) {
            headers.put(header.key(), header.value() == null ? "" : new String(header.value(), StandardCharsets.UTF_8));
        }
        return headers;
    }
}
