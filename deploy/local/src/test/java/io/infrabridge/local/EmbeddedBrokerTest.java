package io.infrabridge.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.infrabridge.contract.Topics;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedBrokerTest {
    private static final Topics.Topic TOPIC = new Topics.Topic("kept", 2, Map.of("retention.ms", "3600000"));

    @TempDir
    Path data;

    @Test
    void keepsTopicsRecordsAndGroupsOverARestartOnAnotherPort() throws Exception {
        try (EmbeddedBroker broker = EmbeddedBroker.start(data, "127.0.0.1", 0)) {
            TopicSetup.createMissing(broker.bootstrapServers(), List.of(TOPIC));
            publish(broker, "before");
            assertThat(readOneAndCommit(broker)).isEqualTo("before");
        }
        try (EmbeddedBroker broker = EmbeddedBroker.start(data, "127.0.0.1", 0)) {
            TopicSetup.createMissing(broker.bootstrapServers(), List.of(TOPIC));
            publish(broker, "after");
            assertThat(readOneAndCommit(broker)).isEqualTo("after");
        }
    }

    @Test
    void createsTopicsThatOthersAreCreatingAtTheSameTime() throws Exception {
        try (EmbeddedBroker broker = EmbeddedBroker.start(data, "127.0.0.1", 0)) {
            List<CompletableFuture<Void>> starts = IntStream.range(0, 8)
                    .mapToObj(start -> CompletableFuture.runAsync(() -> createMissing(broker)))
                    .toList();
            for (CompletableFuture<Void> start : starts) {
                assertThat(start).succeedsWithin(Duration.ofSeconds(60));
            }
            publish(broker, "there");
        }
    }

    private static void createMissing(EmbeddedBroker broker) {
        try {
            TopicSetup.createMissing(broker.bootstrapServers(), List.of(TOPIC));
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void publish(EmbeddedBroker broker, String value) throws Exception {
        Map<String, Object> settings = Map.of("bootstrap.servers", broker.bootstrapServers(), "acks", "all");
        try (var producer = new KafkaProducer<>(settings, new StringSerializer(), new StringSerializer())) {
            producer.send(new ProducerRecord<>(TOPIC.name(), 0, "key", value)).get();
        }
    }

    private static String readOneAndCommit(EmbeddedBroker broker) {
        Map<String, Object> settings = Map.of(
                "bootstrap.servers", broker.bootstrapServers(),
                "group.id", "readers",
                "enable.auto.commit", "false",
                "auto.offset.reset", "earliest");
        try (var consumer = new KafkaConsumer<>(settings, new StringDeserializer(), new StringDeserializer())) {
            consumer.subscribe(List.of(TOPIC.name()));
            ConsumerRecords<String, String> records = ConsumerRecords.empty();
            for (int attempt = 0; records.isEmpty() && attempt < 30; attempt++) {
                records = consumer.poll(Duration.ofSeconds(1));
            }
            consumer.commitSync();
            assertThat(records.count()).isOne();
            return records.iterator().next().value();
        }
    }
}
