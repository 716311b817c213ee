package io.infrabridge.system.bench;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** Plain clients with the settings that the system has: acknowledged by all, sent at once. */
final class PlainKafka {
    static final String REQUESTS = "bench.requests";
    static final String REPLIES = "bench.replies";

    private static final int PARTITIONS = 8;

    private PlainKafka() {}

    static void createTopics(String broker) throws InterruptedException {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker))) {
            admin.createTopics(Stream.of(REQUESTS, REPLIES)
                            .map(name -> new NewTopic(name, PARTITIONS, (short) 1))
                            .toList())
                    .all()
                    .get();
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    static KafkaProducer<String, byte[]> producer(String broker) {
        return new KafkaProducer<>(
                Map.of("bootstrap.servers", broker, "acks", "all", "linger.ms", 0),
                new StringSerializer(),
                new ByteArraySerializer());
    }

    /** What can be stopped. */
    interface Running extends AutoCloseable {
        @Override
        void close();
    }

    /** Hands over every record from now on, on a thread of its own, until it is closed. */
    static Running consume(String broker, String topic, Consumer<ConsumerRecord<String, byte[]>> receiver) {
        KafkaConsumer<String, byte[]> consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", broker), new StringDeserializer(), new ByteArrayDeserializer());
        Collection<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                .map(info -> new TopicPartition(topic, info.partition()))
                .toList();
        consumer.assign(partitions);
        consumer.seekToEnd(partitions);
        partitions.forEach(consumer::position);
        Thread thread = new Thread(
                () -> {
                    try (consumer) {
                        while (true) {
                            consumer.poll(Duration.ofSeconds(1)).forEach(receiver);
                        }
                    } catch (WakeupException closed) {
                        // asked to end
                    }
                },
                "consume-" + topic);
        thread.setDaemon(true);
        thread.start();
        return consumer::wakeup;
    }

    static List<String> argv(Class<?> main, String... arguments) {
        return Stream.concat(
                        Stream.of(
                                System.getProperty("java.home") + "/bin/java",
                                "-XX:+UseSerialGC",
                                "-Xmx512m",
                                "-cp",
                                System.getProperty("java.class.path"),
                                main.getName()),
                        Stream.of(arguments))
                .toList();
    }
}
