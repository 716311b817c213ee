package io.infrabridge.runtime.worker;

import io.infrabridge.runtime.execution.Running;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.jboss.logging.Logger;

/**
 * The one thread that consumes commands: it polls, dispatches, pauses at the bound and commits what is safe. It never waits
 * for an operation, so that it stays a member of its group whatever hosts do.
 */
final class CommandLoop implements Runnable {
    private static final Logger LOG = Logger.getLogger(CommandLoop.class);
    private static final Duration POLL = Duration.ofMillis(50);
    private static final Duration CLOSING = Duration.ofSeconds(5);
    private static final long BACKOFF_MS = 1000;

    private final String topic;
    private final Supplier<Consumer<String, byte[]>> consumers;
    private final Dispatcher dispatcher;
    private final int bound;
    private final Assignments assignments;
    private final Offsets offsets;
    private final CountDownLatch stopped = new CountDownLatch(1);
    private volatile BooleanSupplier drained = () -> true;
    private volatile long drainUntil;
    private volatile boolean stopping;

    CommandLoop(
            String topic,
            Supplier<Consumer<String, byte[]>> consumers,
            Dispatcher dispatcher,
            Assignments assignments,
            int bound) {
        this.topic = topic;
        this.consumers = consumers;
        this.dispatcher = dispatcher;
        this.assignments = assignments;
        this.offsets = assignments.offsets();
        this.bound = bound;
    }

    /** Whether it is a member of its group, with or without partitions. */
    boolean assigned() {
        return assignments.member();
    }

    /** Whether it reads no further commands until some of those that it has are safe. */
    boolean full() {
        return offsets.unsafe() >= bound;
    }

    @Override
    public void run() {
        try {
            while (!stopping) {
                try (Consumer<String, byte[]> consumer = consumers.get()) {
                    consumer.subscribe(List.of(topic), assignments.of(consumer));
                    consume(consumer);
                } catch (KafkaException e) {
                    LOG.errorf("consuming %s failed and begins anew: %s", topic, e);
                    assignments.membershipLost();
                    pauseBeforeRetry();
                } catch (RuntimeException bug) {
                    // a worker that no longer consumes, and does not say so, would be worse
                    LOG.errorf(bug, "consuming %s failed in a way that nobody foresaw and begins anew", topic);
                    assignments.membershipLost();
                    pauseBeforeRetry();
                }
            }
        } finally {
            stopped.countDown();
        }
    }

    /**
     * Takes no new commands, but stays the owner of its partitions until nothing is running or the limit is over, because
     * what loses its owner is fenced; true if the loop has ended.
     */
    boolean stop(Duration limit, BooleanSupplier idle) throws InterruptedException {
        drained = idle;
        drainUntil = System.nanoTime() + limit.toNanos();
        stopping = true;
        return stopped.await(limit.plus(CLOSING).toMillis(), TimeUnit.MILLISECONDS);
    }

    private boolean done() {
        return stopping && (drained.getAsBoolean() || System.nanoTime() - drainUntil > 0);
    }

    private void consume(Consumer<String, byte[]> consumer) {
        while (!done()) {
            if (stopping) {
                consumer.pause(consumer.assignment());
            }
            for (ConsumerRecord<String, byte[]> record : consumer.poll(POLL)) {
                take(Received.from(record));
            }
            commit(consumer);
            assignments.confirm(consumer);
            respectBound(consumer);
        }
        Assignments.commit(consumer, offsets.committable());
    }

    private void take(Received record) {
        offsets.received(record.topicPartition(), record.offset());
        Running.Fence fence = assignments.fence(record.partition());
        Uni<Void> way = Uni.createFrom().deferred(() -> dispatcher.dispatch(record, fence));
        way.subscribe()
                .with(
                        done -> {
                            // it may have been lost and have come again meanwhile: then this says nothing of it
                            if (fence.held()) {
                                offsets.safe(record.topicPartition(), record.offset());
                            }
                        },
                        // not committed: it comes again after the next assignment
                        failure -> LOG.errorf(
                                failure,
                                "record %s-%d@%d was not processed",
                                record.topic(),
                                record.partition(),
                                record.offset()));
    }

    private void respectBound(Consumer<String, byte[]> consumer) {
        Set<TopicPartition> paused = consumer.paused();
        if (full() && paused.isEmpty()) {
            consumer.pause(consumer.assignment());
        } else if (!stopping && offsets.unsafe() < bound && !paused.isEmpty()) {
            consumer.resume(paused);
        }
    }

    private void commit(Consumer<String, byte[]> consumer) {
        Map<TopicPartition, OffsetAndMetadata> safe = offsets.committable();
        if (!safe.isEmpty()) {
            consumer.commitAsync(safe, (committed, failure) -> {
                if (failure != null) {
                    LOG.warnf("commit failed, a later one covers it: %s", failure.getMessage());
                }
            });
        }
    }

    private void pauseBeforeRetry() {
        try {
            if (stopped.await(BACKOFF_MS, TimeUnit.MILLISECONDS)) {
                stopping = true;
            }
        } catch (InterruptedException e) {
            stopping = true;
            Thread.currentThread().interrupt();
        }
    }
}
