package io.infrabridge.audit.trail;

import io.infrabridge.contract.Envelope;
import io.infrabridge.trust.signature.SigningKey;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** What this service itself says on Kafka. Calls block; {@link KafkaException} while Kafka is away. */
@ApplicationScoped
public class SignedRecords {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Map<String, Object> connection;
    private final SigningKey key;
    private Optional<Producer<String, byte[]>> producer = Optional.empty();

    SignedRecords(TrailKafka kafka, SigningKey key) {
        this.connection = kafka.connection();
        this.key = key;
    }

    /** Signs and publishes; done when the broker has it for good. */
    public void sign(String topic, String recordKey, Envelope envelope, byte[] value) {
        publish(topic, recordKey, envelope, value, key.id(), key.sign(topic, value));
    }

    /** Publishes what was signed before. */
    public void publish(
            String topic, String recordKey, Envelope envelope, byte[] value, String keyId, String signature) {
        ProducerRecord<String, byte[]> record = new ProducerRecord<>(topic, recordKey, value);
        envelope.headers().forEach(record.headers()::add);
        record.headers().add(Envelope.KEY_ID_HEADER, keyId.getBytes(StandardCharsets.UTF_8));
        record.headers().add(Envelope.SIGNATURE_HEADER, signature.getBytes(StandardCharsets.UTF_8));
        try {
            producer().send(record).get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new KafkaException(topic + " does not take a record", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptException(e);
        }
    }

    @PreDestroy
    synchronized void close() {
        producer.ifPresent(open -> open.close(Duration.ofSeconds(1)));
    }

    private synchronized Producer<String, byte[]> producer() {
        if (producer.isEmpty()) {
            Map<String, Object> settings = new HashMap<>(connection);
            settings.put("acks", "all");
            settings.put("max.block.ms", PATIENCE.toMillis());
            producer = Optional.of(new KafkaProducer<>(settings, new StringSerializer(), new ByteArraySerializer()));
        }
        return producer.get();
    }
}
