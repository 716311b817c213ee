package io.infrabridge.system.chaos;

import io.infrabridge.contract.Domain;
import io.infrabridge.contract.Topics;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/** Everything that stands on the topics of commands and results. */
record Bus(List<Message> messages) {
    /** A message as it stands there. */
    record Message(String topic, String key, String eventId, String type, byte[] value) {
        boolean result() {
            return topic.equals(Topics.RESULTS);
        }

        /** The same for every delivery of one event. */
        String event() {
            return event(eventId, type, value);
        }

        static String event(String id, String type, byte[] value) {
            try {
                byte[] hash = MessageDigest.getInstance("SHA-256").digest(value);
                return type + " " + id + " " + HexFormat.of().formatHex(hash, 0, 8);
            } catch (NoSuchAlgorithmException e) {
                throw new IllegalStateException("every JDK has SHA-256", e);
            }
        }

        private static Message of(ConsumerRecord<String, byte[]> record) {
            return new Message(
                    record.topic(), record.key(), header(record, "ce_id"), header(record, "ce_type"), record.value());
        }

        private static String header(ConsumerRecord<String, byte[]> record, String name) {
            return new String(record.headers().lastHeader(name).value(), StandardCharsets.UTF_8);
        }
    }

    /** Partition by partition, each in its order, up to where it ends now. */
    static Bus read(String kafka) {
        List<Message> all = new ArrayList<>();
        try (KafkaConsumer<String, byte[]> consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", kafka), new StringDeserializer(), new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = Stream.concat(
                            Stream.of(Topics.RESULTS),
                            Topics.SHIPPED_DOMAINS.stream().map(Bus::commands))
                    .flatMap(topic -> consumer.partitionsFor(topic).stream())
                    .map(info -> new TopicPartition(info.topic(), info.partition()))
                    .toList();
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            for (TopicPartition partition : partitions) {
                consumer.assign(List.of(partition));
                consumer.seekToBeginning(List.of(partition));
                while (consumer.position(partition) < ends.get(partition)) {
                    consumer.poll(Duration.ofMillis(200)).forEach(record -> all.add(Message.of(record)));
                }
            }
        }
        return new Bus(List.copyOf(all));
    }

    private static String commands(Domain domain) {
        return Topics.commands(domain);
    }
}
