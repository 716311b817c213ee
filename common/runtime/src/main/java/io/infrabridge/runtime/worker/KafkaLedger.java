package io.infrabridge.runtime.worker;

import io.infrabridge.contract.InvalidContract;
import io.infrabridge.contract.Json;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.jboss.logging.Logger;

/** The ledger as a compacted topic that has the same partitions as the commands. */
final class KafkaLedger implements Ledger {
    private static final Logger LOG = Logger.getLogger(KafkaLedger.class);

    private final String topic;
    private final Outbox outbox;
    private final Supplier<Consumer<String, byte[]>> readers;
    private final Map<Integer, Map<String, LedgerEntry>> known = new HashMap<>();

    KafkaLedger(String topic, Outbox outbox, Supplier<Consumer<String, byte[]>> readers) {
        this.topic = topic;
        this.outbox = outbox;
        this.readers = readers;
    }

    @Override
    public void load(Collection<Integer> partitions) {
        if (partitions.isEmpty()) {
            return;
        }
        List<TopicPartition> all = partitions.stream()
                .map(partition -> new TopicPartition(topic, partition))
                .toList();
        Map<Integer, Map<String, LedgerEntry>> read = new HashMap<>();
        partitions.forEach(partition -> read.put(partition, new LinkedHashMap<>()));
        try (Consumer<String, byte[]> reader = readers.get()) {
            reader.assign(all);
            reader.seekToBeginning(all);
            Map<TopicPartition, Long> ends = reader.endOffsets(all);
            Set<TopicPartition> left = new HashSet<>(all);
            left.removeIf(partition -> reader.position(partition) >= ends.getOrDefault(partition, 0L));
            while (!left.isEmpty()) {
                reader.poll(Duration.ofMillis(100)).forEach(record -> remember(read, record));
                left.removeIf(partition -> reader.position(partition) >= ends.getOrDefault(partition, 0L));
            }
        }
        synchronized (this) {
            known.putAll(read);
        }
    }

    @Override
    public synchronized void drop(Collection<Integer> partitions) {
        partitions.forEach(known::remove);
    }

    @Override
    public synchronized Optional<LedgerEntry> find(int partition, String key) {
        return Optional.ofNullable(known.getOrDefault(partition, Map.of()).get(key));
    }

    @Override
    public synchronized List<LedgerEntry> open(int partition) {
        return known.getOrDefault(partition, Map.of()).values().stream()
                .filter(entry -> entry.phase() != LedgerEntry.Phase.FINISHED)
                .toList();
    }

    @Override
    public Uni<Void> write(int partition, LedgerEntry entry) {
        return outbox.send(new ProducerRecord<>(topic, partition, entry.key(), Json.bytes(entry)))
                .invoke(() -> put(partition, entry));
    }

    private synchronized void put(int partition, LedgerEntry entry) {
        Map<String, LedgerEntry> entries = known.get(partition);
        // dropped meanwhile: the new owner reads it from the topic
        if (entries != null) {
            entries.put(entry.key(), entry);
        }
    }

    private static void remember(Map<Integer, Map<String, LedgerEntry>> read, ConsumerRecord<String, byte[]> record) {
        Map<String, LedgerEntry> entries = read.getOrDefault(record.partition(), new HashMap<>());
        if (record.value() == null) {
            entries.remove(record.key());
            return;
        }
        try {
            LedgerEntry entry = Json.read(record.value(), LedgerEntry.class);
            entries.put(entry.key(), entry);
        } catch (InvalidContract e) {
            // the ledger is written by workers alone; what is unreadable here was put there by somebody else
            LOG.errorf(
                    "ledger record %s-%d@%d is unreadable: %s",
                    record.topic(), record.partition(), record.offset(), e.getMessage());
        }
    }
}
