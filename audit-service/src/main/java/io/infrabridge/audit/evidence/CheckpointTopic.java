package io.infrabridge.audit.evidence;

import io.infrabridge.audit.trail.SignedRecords;
import io.infrabridge.audit.trail.TrailKafka;
import io.infrabridge.audit.trail.TrustedKeys;
import io.infrabridge.contract.AuditCheckpoint;
import io.infrabridge.contract.Envelope;
import io.infrabridge.contract.EventType;
import io.infrabridge.contract.InvalidContract;
import io.infrabridge.contract.Topics;
import io.infrabridge.verifier.CheckpointKeys;
import io.infrabridge.verifier.SignedCheckpoint;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/** Where checkpoints go besides the database, so that who has the database alone cannot take them back. Calls block. */
@ApplicationScoped
class CheckpointTopic {
    private static final TopicPartition PARTITION = new TopicPartition(Topics.AUDIT_CHECKPOINTS, 0);
    private static final String KEY = "checkpoint";
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    /** How far back one that we signed is looked for: whoever can write to the topic can put something else behind it. */
    private static final int FARTHEST = 100;

    private final Map<String, Object> connection;
    private final CheckpointKeys keys;
    private final SignedRecords records;

    CheckpointTopic(TrailKafka kafka, SignedRecords records, CheckpointKeys keys) {
        this.connection = kafka.connection();
        this.records = records;
        this.keys = keys;
    }

    /** The last one there that this service signed; {@link KafkaException} while Kafka is away. */
    Optional<SignedCheckpoint> latest() {
        Map<String, Object> settings = new HashMap<>(connection);
        settings.put("enable.auto.commit", false);
        settings.put("default.api.timeout.ms", (int) PATIENCE.toMillis());
        try (KafkaConsumer<String, byte[]> consumer =
                new KafkaConsumer<>(settings, new StringDeserializer(), new ByteArrayDeserializer())) {
            consumer.assign(List.of(PARTITION));
            long end = consumer.endOffsets(List.of(PARTITION)).get(PARTITION);
            long first = consumer.beginningOffsets(List.of(PARTITION)).get(PARTITION);
            consumer.seek(PARTITION, Math.max(first, end - FARTHEST));
            Optional<SignedCheckpoint> latest = Optional.empty();
            Instant deadline = Instant.now().plus(PATIENCE);
            while (consumer.position(PARTITION) < end) {
                if (Instant.now().isAfter(deadline)) {
                    throw new KafkaException("the checkpoints on " + PARTITION + " cannot be read");
                }
                for (ConsumerRecord<String, byte[]> record : consumer.poll(Duration.ofMillis(200))) {
                    Optional<SignedCheckpoint> read = read(record).filter(keys::made);
                    latest = read.isPresent() ? read : latest;
                }
            }
            return latest;
        }
    }

    /** Done when the broker has it for good. */
    void publish(SignedCheckpoint checkpoint) {
        AuditCheckpoint said = checkpoint.read();
        Envelope envelope = new Envelope(
                "checkpoint:" + said.number(), "/" + TrustedKeys.SERVICE, EventType.AUDIT_CHECKPOINT, said.at());
        records.publish(
                Topics.AUDIT_CHECKPOINTS,
                KEY,
                envelope,
                checkpoint.statement().getBytes(StandardCharsets.UTF_8),
                checkpoint.keyId(),
                checkpoint.signature());
    }

    private static Optional<SignedCheckpoint> read(ConsumerRecord<String, byte[]> record) {
        Optional<String> keyId = header(record, Envelope.KEY_ID_HEADER);
        Optional<String> signature = header(record, Envelope.SIGNATURE_HEADER);
        if (record.value() == null || keyId.isEmpty() || signature.isEmpty()) {
            return Optional.empty();
        }
        String statement = new String(record.value(), StandardCharsets.UTF_8);
        try {
            long number = new SignedCheckpoint(0, statement, keyId.get(), signature.get())
                    .read()
                    .number();
            return Optional.of(new SignedCheckpoint(number, statement, keyId.get(), signature.get()));
        } catch (InvalidContract e) {
            return Optional.empty();
        }
    }

    private static Optional<String> header(ConsumerRecord<String, byte[]> record, String name) {
        Header header = record.headers().lastHeader(name);
        return Optional.ofNullable(header).map(Header::value).map(value -> new String(value, StandardCharsets.UTF_8));
    }
}
