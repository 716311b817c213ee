package io.infrabridge.runtime.worker;

import io.infrabridge.runtime.execution.Running;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.jboss.logging.Logger;

/** What happens when partitions of the command topic come to this worker and when they leave it. */
final class Assignments {
    private static final Logger LOG = Logger.getLogger(Assignments.class);
    private static final Duration COMMIT = Duration.ofSeconds(5);

    private final Recovery recovery;
    private final Ledger ledger;
    private final Offsets offsets = new Offsets();
    private final Ownership ownership = new Ownership();
    private volatile boolean member;

    Assignments(Recovery recovery, Ledger ledger) {
        this.recovery = recovery;
        this.ledger = ledger;
    }

    /** Which of the records that came may be forgotten. */
    Offsets offsets() {
        return offsets;
    }

    /** Ends with the present ownership of the partition. */
    Running.Fence fence(int partition) {
        return ownership.fence(partition);
    }

    /** Whether the group has taken this worker in, with or without partitions. */
    boolean member() {
        return member;
    }

    void membershipLost() {
        member = false;
    }

    ConsumerRebalanceListener of(Consumer<String, byte[]> consumer) {
        return new ConsumerRebalanceListener() {
            @Override
            public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
                gained(numbers(partitions));
            }

            @Override
            public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
                Map<TopicPartition, OffsetAndMetadata> safe = offsets.committable();
                released(partitions);
                commit(consumer, safe);
            }

            @Override
            public void onPartitionsLost(Collection<TopicPartition> partitions) {
                released(partitions);
            }
        };
    }

    static void commit(Consumer<String, byte[]> consumer, Map<TopicPartition, OffsetAndMetadata> safe) {
        if (!safe.isEmpty()) {
            consumer.commitSync(safe, COMMIT);
        }
    }

    /** The ledger first: a redelivered change must be recognised. */
    private void gained(List<Integer> partitions) {
        ledger.load(partitions);
        ownership.gained(partitions);
        for (int partition : partitions) {
            for (LedgerEntry open : ledger.open(partition)) {
                recovery.resume(open, partition, ownership.fence(partition))
                        .subscribe()
                        .with(done -> {}, failure -> LOG.errorf(failure, "%s was not resumed", open.id()));
            }
        }
        member = true;
        LOG.infof("partitions gained: %s", partitions);
    }

    private void released(Collection<TopicPartition> partitions) {
        List<Integer> numbers = numbers(partitions);
        ownership.ended(numbers);
        ledger.drop(numbers);
        partitions.forEach(offsets::dropped);
        LOG.infof("partitions given up: %s", numbers);
    }

    private static List<Integer> numbers(Collection<TopicPartition> partitions) {
        return partitions.stream().map(TopicPartition::partition).toList();
    }
}
