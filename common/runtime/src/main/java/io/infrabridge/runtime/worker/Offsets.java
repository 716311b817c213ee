package io.infrabridge.runtime.worker;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/** Which offsets may be committed: of each partition all below the first record that is not yet safe. */
final class Offsets {
    private final Map<TopicPartition, Progress> partitions = new HashMap<>();
    private int unsafe;

    synchronized void received(TopicPartition partition, long offset) {
        Progress progress = partitions.computeIfAbsent(partition, key -> new Progress(offset));
        progress.unsafe.add(offset);
        progress.next = Math.max(progress.next, offset + 1);
        unsafe++;
    }

    /** The record can be forgotten: answered, set aside, or wholly in the ledger. */
    synchronized void safe(TopicPartition partition, long offset) {
        Progress progress = partitions.get(partition);
        if (progress != null && progress.unsafe.remove(offset)) {
            unsafe--;
        }
    }

    synchronized void dropped(TopicPartition partition) {
        Progress progress = partitions.remove(partition);
        if (progress != null) {
            unsafe -= progress.unsafe.size();
        }
    }

    synchronized int unsafe() {
        return unsafe;
    }

    /** What has become committable since the last call. */
    synchronized Map<TopicPartition, OffsetAndMetadata> committable() {
        Map<TopicPartition, OffsetAndMetadata> commits = new HashMap<>();
        partitions.forEach((partition, progress) -> {
            long mark = progress.mark();
            if (mark > progress.committed) {
                commits.put(partition, new OffsetAndMetadata(mark));
                progress.committed = mark;
            }
        });
        return commits;
    }

    /** Where the partition would be taken up again, if records of it have come. */
    synchronized Optional<OffsetAndMetadata> mark(TopicPartition partition) {
        return Optional.ofNullable(partitions.get(partition)).map(progress -> new OffsetAndMetadata(progress.mark()));
    }

    private static final class Progress {
        private final TreeSet<Long> unsafe = new TreeSet<>();
        private long next;
        private long committed;

        Progress(long first) {
            next = first;
            committed = first;
        }

        long mark() {
            return unsafe.isEmpty() ? next : unsafe.first();
        }
    }
}
