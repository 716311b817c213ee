package io.infrabridge.runtime.worker;

import io.infrabridge.contract.InvalidContract;
import io.infrabridge.contract.Json;
import io.infrabridge.contract.Topics;
import io.infrabridge.runtime.execution.Fenced;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
    private final Map<Integer, LedgerPart> known = new HashMap<>();

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
        Map<Integer, LedgerPart> read = new HashMap<>();
        partitions.forEach(partition -> read.put(partition, new LedgerPart(Topics.LEDGER_RETENTION)));
        try (Consumer<String, byte[]> reader = readers.get()) {
            reader.assign(all);
            reader.seekToBeginning(all);
            Map<TopicPartition, Long> ends = reader.endOffsets(all);
            while (unread(reader, ends)) {
                reader.poll(Duration.ofMillis(100)).forEach(record -> read(read, record));
            }
        }
        synchronized (this) {
            read.values().forEach(LedgerPart::own);
            known.putAll(read);
        }
    }

    private static boolean unread(Consumer<String, byte[]> reader, Map<TopicPartition, Long> ends) {
        return ends.entrySet().stream().anyMatch(end -> reader.position(end.getKey()) < end.getValue());
    }

    @Override
    public synchronized void drop(Collection<Integer> partitions) {
        partitions.forEach(known::remove);
    }

    @Override
    public synchronized Optional<LedgerEntry> find(int partition, String key) {
        return part(partition).flatMap(part -> part.find(key));
    }

    @Override
    public synchronized List<LedgerEntry> open(int partition) {
        return part(partition).map(LedgerPart::open).orElse(List.of());
    }

    @Override
    public Uni<Void> write(int partition, LedgerEntry entry) {
        return Uni.createFrom().deferred(() -> {
            LedgerRecord record = next(partition, entry);
            return outbox.send(new ProducerRecord<>(topic, partition, entry.key(), Json.bytes(record)))
                    .invoke(() -> written(partition, entry));
        });
    }

    @Override
    public synchronized void published(int partition, String key) {
        part(partition).ifPresent(part -> part.published(key));
    }

    private synchronized LedgerRecord next(int partition, LedgerEntry entry) {
        // whoever has given up the partition meanwhile writes nothing more
        return part(partition).orElseThrow(Fenced::new).next(entry);
    }

    private synchronized void written(int partition, LedgerEntry entry) {
        // given up meanwhile: the new owner reads it from the topic
        part(partition).ifPresent(part -> part.written(entry));
    }

    private Optional<LedgerPart> part(int partition) {
        return Optional.ofNullable(known.get(partition));
    }

    private static void read(Map<Integer, LedgerPart> parts, ConsumerRecord<String, byte[]> record) {
        try {
            Optional.ofNullable(parts.get(record.partition()))
                    .ifPresent(part -> part.read(Json.read(record.value(), LedgerRecord.class)));
        } catch (InvalidContract e) {
            // the ledger is written by workers alone; what is unreadable here was put there by somebody else
            LOG.errorf(
                    "ledger record %s-%d@%d is unreadable: %s",
                    record.topic(), record.partition(), record.offset(), e.getMessage());
        }
    }
}
