package io.infrabridge.audit;

import io.infrabridge.contract.Envelope;
import io.infrabridge.contract.EventType;
import io.infrabridge.contract.Json;
import io.infrabridge.testkit.TestBroker;
import io.infrabridge.trust.signature.SigningKey;
import io.infrabridge.trust.signature.TrustedKey;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;

/** Publishes as the gateway or a worker would, or as somebody who only claims to be one. */
record Sender(String source, Optional<SigningKey> key) {
    private static final SigningKey GATEWAY_KEY = SigningKey.generate("gateway-1");
    private static final SigningKey NFS_KEY = SigningKey.generate("nfs-worker-1");
    private static final SigningKey NAS_KEY = SigningKey.generate("nas-worker-1");

    /** The key of the service under test. */
    static final SigningKey AUDIT_KEY = SigningKey.generate("audit-service");

    static final Sender GATEWAY = new Sender("/gateway", Optional.of(GATEWAY_KEY));
    static final Sender NFS_WORKER = new Sender("/nfs-worker", Optional.of(NFS_KEY));
    static final Sender NAS_WORKER = new Sender("/nas-worker", Optional.of(NAS_KEY));
    static final Sender UNSIGNED = new Sender("/nfs-worker", Optional.empty());
    /** Names a trusted key that it does not have. */
    static final Sender FORGER = new Sender("/nfs-worker", Optional.of(SigningKey.generate("nfs-worker-1")));

    static final List<TrustedKey> TRUSTED = List.of(
            TrustedKey.witness(AUDIT_KEY, "audit-service"),
            TrustedKey.issuer(GATEWAY_KEY, "gateway", List.of("admin")),
            TrustedKey.worker(NFS_KEY, "nfs-worker", "nfs"),
            TrustedKey.worker(NAS_KEY, "nas-worker", "nas"));

    private static final KafkaProducer<String, byte[]> PRODUCER = new KafkaProducer<>(
            Map.of("bootstrap.servers", TestBroker.bootstrapServers(), "acks", "all", "linger.ms", 1),
            new StringSerializer(),
            new ByteArraySerializer());

    RecordMetadata send(String topic, EventType type, String id, String key, Object message) {
        return send(topic, type.type(), id, key, Json.bytes(message));
    }

    RecordMetadata send(String topic, String type, String id, String key, byte[] value) {
        return publish(topic, key, value, headers(topic, type, id, value));
    }

    Map<String, byte[]> headers(String topic, String type, String id, byte[] value) {
        Map<String, byte[]> headers = new LinkedHashMap<>(
                new Envelope(id, source, EventType.COMMAND, Instant.parse("2026-03-01T10:00:00Z")).headers());
        headers.put("ce_type", utf8(type));
        headers.put("traceparent", utf8("00-" + Samples.TRACE_ID + "-00f067aa0ba902b7-01"));
        key.ifPresent(signing -> {
            headers.put("keyid", utf8(signing.id()));
            headers.put("signature", utf8(signing.sign(topic, value)));
        });
        return headers;
    }

    static RecordMetadata publish(String topic, String key, byte[] value, Map<String, byte[]> headers) {
        return publish(topic, null, key, value, headers);
    }

    static RecordMetadata publish(
            String topic, @Nullable Integer partition, String key, byte[] value, Map<String, byte[]> headers) {
        ProducerRecord<String, byte[]> record = new ProducerRecord<>(topic, partition, key, value);
        headers.forEach((name, content) -> record.headers().add(name, content));
        try {
            return PRODUCER.send(record).get();
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
