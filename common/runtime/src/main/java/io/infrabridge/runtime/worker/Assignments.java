package io.infrabridge.runtime.worker;

import io.infrabridge.runtime.execution.Running;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.jboss.logging.Logger;

/** What happens when partitions of the command topic come to this worker and when they leave it. */
final class Assignments {
    private static final Logger LOG = Logger.getLogger(Assignments.class);
    private static final Duration COMMIT = Duration.ofSeconds(5);
    private static final Duration CONFIRMED_EVERY = Duration.ofSeconds(1);

    private final Resuming recovery;
    private final Ledger ledger;
    private final Ownership ownership;
    private final Offsets offsets = new Offsets();
    private volatile boolean member;

    Assignments(Resuming recovery, Ledger ledger, Ownership ownership) {
        this.recovery = recovery;
        this.ledger = ledger;
        this.ownership = ownership;
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

    /**
     * Lets the group confirm, now and then, that this worker is a member: it takes a commit from nobody else. That a poll
     * returns says nothing of the kind.
     */
    void confirm(Consumer<String, byte[]> consumer) {
        Optional<TopicPartition> any = consumer.assignment().stream().findFirst();
        if (any.isPresent() && ownership.unconfirmedFor(CONFIRMED_EVERY)) {
            confirm(consumer, any.get());
        }
    }

    private void confirm(Consumer<String, byte[]> consumer, TopicPartition partition) {
        long askedAt = System.nanoTime();
        OffsetAndMetadata mark;
        try {
            mark = offsets.mark(partition)
                    .orElseGet(() -> new OffsetAndMetadata(consumer.position(partition, Duration.ZERO)));
        } catch (TimeoutException notKnownYet) {
            return;
        }
        consumer.commitAsync(Map.of(partition, mark), (committed, failure) -> {
            if (failure == null) {
                ownership.confirmed(askedAt);
            }
        });
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

    /** Goes on with what is open; what is wrong with one entry is the failure of its own Uni. */
    interface Resuming {
        Uni<Void> resume(LedgerEntry entry, int partition, Running.Fence fence);
    }
}
