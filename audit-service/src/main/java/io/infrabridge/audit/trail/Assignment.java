package io.infrabridge.audit.trail;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.jboss.logging.Logger;

/**
 * The partitions of this replica. A new one is paused until its stored offset is known, for as long as that takes: the rebalance
 * itself never waits for PostgreSQL.
 */
final class Assignment implements ConsumerRebalanceListener {
    private static final Logger LOG = Logger.getLogger(Assignment.class);
    private static final Duration KAFKA_ANSWERS_WITHIN = Duration.ofSeconds(10);

    private final Consumer<byte[], byte[]> consumer;
    private final Map<String, Object> kafka;
    private final Trail trail;
    private final Map<TopicPartition, String> placed = new HashMap<>();
    private final Set<TopicPartition> waiting = new HashSet<>();

    Assignment(Consumer<byte[], byte[]> consumer, Map<String, Object> kafka, Trail trail) {
        this.consumer = consumer;
        this.kafka = kafka;
        this.trail = trail;
    }

    @Override
    public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
        consumer.pause(partitions);
        waiting.addAll(partitions);
    }

    @Override
    public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
        partitions.forEach(placed::remove);
        waiting.removeAll(partitions);
    }

    boolean isEmpty() {
        return placed.isEmpty() && waiting.isEmpty();
    }

    boolean isWaiting() {
        return !waiting.isEmpty();
    }

    /** The chain of every partition that may be read, as it is now. */
    Map<TopicPartition, String> chains() {
        return Map.copyOf(placed);
    }

    void pause() {
        consumer.pause(placed.keySet());
    }

    void resume() {
        consumer.resume(placed.keySet());
    }

    /** Moves every waiting partition to where the trail ends; fails when Kafka or PostgreSQL is away. */
    void place() {
        Set<TopicPartition> partitions = Set.copyOf(waiting);
        Map<TopicPartition, String> ids = chainIds(partitions);
        List<Chain> wanted = ids.entrySet().stream()
                .map(entry -> new Chain(
                        entry.getValue(), entry.getKey().topic(), entry.getKey().partition()))
                .toList();
        Map<String, Chain> chains = Blocking.await(() -> trail.open(wanted));
        Map<TopicPartition, Long> oldest = consumer.beginningOffsets(partitions, KAFKA_ANSWERS_WITHIN);
        ids.forEach((partition, id) -> {
            long next = chains.get(id).nextOffset;
            long first = oldest.get(partition);
            if (next > 0 && next < first) {
                LOG.errorf("Kafka has deleted %d records of %s before they were recorded", first - next, id);
            }
            consumer.seek(partition, Math.max(next, first));
        });
        placed.putAll(ids);
        waiting.removeAll(partitions);
        consumer.resume(partitions);
    }

    private Map<TopicPartition, String> chainIds(Set<TopicPartition> partitions) {
        List<String> topics =
                partitions.stream().map(TopicPartition::topic).distinct().toList();
        try (Admin admin = Admin.create(kafka)) {
            Map<String, TopicDescription> described = admin.describeTopics(topics)
                    .allTopicNames()
                    .get(KAFKA_ANSWERS_WITHIN.toSeconds(), TimeUnit.SECONDS);
            Map<TopicPartition, String> ids = new HashMap<>();
            partitions.forEach(partition -> ids.put(
                    partition,
                    Chain.id(
                            partition.topic(),
                            partition.partition(),
                            described.get(partition.topic()).topicId().toString())));
            return ids;
        } catch (ExecutionException | TimeoutException e) {
            throw new KafkaException("The topics cannot be described", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptException(e);
        }
    }
}
