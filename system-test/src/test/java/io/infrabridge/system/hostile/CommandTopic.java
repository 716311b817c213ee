package io.infrabridge.system.hostile;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.infrabridge.contract.Command;
import io.infrabridge.contract.DeadLetter;
import io.infrabridge.contract.Domain;
import io.infrabridge.contract.Envelope;
import io.infrabridge.contract.EventType;
import io.infrabridge.contract.Json;
import io.infrabridge.contract.Topics;
import io.infrabridge.testkit.hostile.HostilePayloads;
import io.infrabridge.trust.signature.SigningKey;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** A service that writes commands to the topics itself, and hears how each of them ended. */
public final class CommandTopic implements AutoCloseable {
    private final SigningKey key;
    private final String service;
    private final KafkaProducer<String, byte[]> producer;
    private final KafkaConsumer<String, byte[]> consumer;
    private final Map<String, JsonNode> ends = new ConcurrentHashMap<>();
    private final Thread thread;
    private volatile boolean closed;

    public CommandTopic(String kafka, SigningKey key, String service) {
        this.key = key;
        this.service = service;
        producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", kafka), new StringSerializer(), new ByteArraySerializer());
        consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", kafka), new StringDeserializer(), new ByteArrayDeserializer());
        List<TopicPartition> partitions = List.of(Topics.RESULTS, Topics.DEAD_LETTERS).stream()
                .flatMap(topic -> consumer.partitionsFor(topic).stream())
                .map(info -> new TopicPartition(info.topic(), info.partition()))
                .toList();
        consumer.assign(partitions);
        consumer.seekToEnd(partitions);
        partitions.forEach(consumer::position);
        thread = new Thread(this::listen, "results of " + service);
        thread.setDaemon(true);
        thread.start();
    }

    /** A command on the witness that may be changed before it is published. */
    public ObjectNode command(String tool, String action, JsonNode arguments, Set<String> roles) {
        Instant now = Instant.now();
        ObjectNode command = (ObjectNode) Json.tree(new Command(
                UUID.randomUUID().toString(),
                service,
                tool,
                action,
                Json.object(),
                Witness.NAME,
                "test:hostile",
                roles,
                Optional.of("hostile input"),
                Optional.empty(),
                false,
                now,
                now.plusSeconds(600),
                Optional.empty()));
        command.set("arguments", arguments);
        return command;
    }

    /** Signs the exact bytes and publishes them under the command's target; answers with its id. */
    public String publish(String domain, ObjectNode command) {
        String topic = Topics.commands(Domain.of(domain));
        byte[] value = HostilePayloads.json(command);
        String id = command.path("id").asText();
        ProducerRecord<String, byte[]> record =
                new ProducerRecord<>(topic, command.path("target").asText(), value);
        new Envelope(id, "/" + service, EventType.COMMAND, Instant.now())
                .headers()
                .forEach((name, text) -> record.headers().add(name, text));
        record.headers().add(Envelope.KEY_ID_HEADER, key.id().getBytes(StandardCharsets.UTF_8));
        record.headers().add(Envelope.SIGNATURE_HEADER, key.sign(topic, value).getBytes(StandardCharsets.UTF_8));
        producer.send(record);
        return id;
    }

    /** The result of a command, or its dead letter, which has a failure and no state. */
    public Optional<JsonNode> end(String id) {
        return Optional.ofNullable(ends.get(id));
    }

    private void listen() {
        while (!closed) {
            for (ConsumerRecord<String, byte[]> record : consumer.poll(Duration.ofMillis(50))) {
                JsonNode value = Json.parse(record.value());
                if (record.topic().equals(Topics.RESULTS)) {
                    ends.put(value.path("id").asText(), value);
                } else {
                    DeadLetter letter = Json.convert(value, DeadLetter.class);
                    ends.put(letter.headers().getOrDefault("ce_id", letter.id()), value);
                }
            }
        }
        consumer.close();
    }

    @Override
    public void close() throws InterruptedException {
        closed = true;
        thread.join();
        producer.close();
    }
}
