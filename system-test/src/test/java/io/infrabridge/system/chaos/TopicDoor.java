package io.infrabridge.system.chaos;

import io.infrabridge.contract.Command;
import io.infrabridge.contract.Domain;
import io.infrabridge.contract.Envelope;
import io.infrabridge.contract.EventType;
import io.infrabridge.contract.Json;
import io.infrabridge.contract.Topics;
import io.infrabridge.trust.signature.SigningKey;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** By a command that a service signs and writes to the topic itself; it repeats the very bytes until they are acknowledged. */
final class TopicDoor implements Door {
    private final String service;
    private final SigningKey signer;
    private final KafkaProducer<String, byte[]> producer;
    private final Map<String, byte[]> written = new HashMap<>();

    TopicDoor(String kafka, String service, SigningKey signer) {
        this.service = service;
        this.signer = signer;
        this.producer = new KafkaProducer<>(
                Map.of(
                        ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, kafka,
                        ProducerConfig.MAX_BLOCK_MS_CONFIG, 5000,
                        ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, 4000,
                        ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, 5000),
                new StringSerializer(),
                new ByteArraySerializer());
    }

    @Override
    public Answer ask(Undertaking what, Optional<String> key) {
        String id = key.orElseThrow();
        String topic = Topics.commands(Domain.of(what.kind().domain()));
        byte[] value = written.computeIfAbsent(id, each -> Json.bytes(command(each, what)));
        ProducerRecord<String, byte[]> record =
                new ProducerRecord<>(topic, what.host().name(), value);
        new Envelope(id, "/" + service, EventType.COMMAND, Instant.now())
                .headers()
                .forEach((name, text) -> record.headers().add(name, text));
        record.headers().add(Envelope.KEY_ID_HEADER, signer.id().getBytes(StandardCharsets.UTF_8));
        record.headers()
                .add(Envelope.SIGNATURE_HEADER, signer.sign(topic, value).getBytes(StandardCharsets.UTF_8));
        try {
            producer.send(record).get(20, TimeUnit.SECONDS);
            return new Accepted(id);
        } catch (ExecutionException | TimeoutException e) {
            return new Unclear(String.valueOf(e.getMessage()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Unclear("interrupted");
        }
    }

    private Command command(String id, Undertaking what) {
        Instant now = Instant.now();
        return new Command(
                id,
                service,
                what.kind().tool(),
                what.kind().action(),
                what.arguments(),
                what.host().name(),
                "test:chaos",
                Set.of("operator"),
                Optional.empty(),
                Optional.empty(),
                false,
                now,
                now.plusSeconds(Door.timeoutSeconds(what)),
                Optional.empty());
    }

    @Override
    public void close() {
        producer.close();
    }
}
