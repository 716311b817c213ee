package io.infrabridge.audit.trail;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.ThreadLocalRandom;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.jboss.logging.Logger;

/**
 * Polls, stores, and only then polls for more. While PostgreSQL is away the batch in hand is kept, the partitions are paused and
 * polling goes on, so that the group keeps this member and nothing is read that could not be kept.
 *
 * <p>A plain consumer and not SmallRye's: where to resume stands in PostgreSQL, and there a rebalance listener that asks for it
 * blocks the poll thread for as long as PostgreSQL is away, which costs the membership.
 */
final class TrailLoop {
    private static final Logger LOG = Logger.getLogger(TrailLoop.class);
    private static final Duration POLL = Duration.ofMillis(200);
    private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
    private static final Duration PROBE_EVERY = Duration.ofSeconds(2);

    private final Consumer<byte[], byte[]> consumer;
    private final Assignment assignment;
    private final Recorder recorder;
    private final TrailStatus status;
    private final Duration longestPause;

    private Instant proven = Instant.EPOCH;

    TrailLoop(
            Consumer<byte[], byte[]> consumer,
            Assignment assignment,
            Recorder recorder,
            TrailStatus status,
            Duration longestPause) {
        this.consumer = consumer;
        this.assignment = assignment;
        this.recorder = recorder;
        this.status = status;
        this.longestPause = longestPause;
    }

    /** Runs until the consumer is woken up, which it reports by its {@code WakeupException}. */
    void run() {
        while (true) {
            ConsumerRecords<byte[], byte[]> polled = consumer.poll(POLL);
            List<ConsumerRecord<byte[], byte[]>> batch = new ArrayList<>(polled.count());
            polled.forEach(batch::add);
            if (!batch.isEmpty()) {
                // Named now: the partition may be taken away while the batch waits, and its chain stays the same.
                Map<TopicPartition, String> chains = assignment.chains();
                untilItSucceeds(() -> recorder.store(batch, chains::get));
                // For people who look at the group's lag; where to resume stands in PostgreSQL.
                consumer.commitAsync(polled.nextOffsets(), (offsets, failure) -> {
                    if (failure != null) {
                        LOG.debugf("Kafka did not take note of the offsets: %s", failure.getMessage());
                    }
                });
            }
            if (assignment.isWaiting()) {
                untilItSucceeds(assignment::place);
            }
            if (assignment.isEmpty()) {
                status.away("Kafka has assigned no partition yet");
            } else if (Instant.now().isAfter(proven.plus(PROBE_EVERY))) {
                untilItSucceeds(recorder::probe);
            }
            recorder.behind(lag());
        }
    }

    private void untilItSucceeds(Runnable work) {
        Duration pause = FIRST_PAUSE;
        while (true) {
            try {
                work.run();
                break;
            } catch (WakeupException stop) {
                throw stop;
            } catch (RuntimeException e) {
                status.failed(e);
            }
            assignment.pause();
            // Everything is paused, so this is the waiting; a rebalance may happen in it.
            consumer.poll(jittered(pause));
            pause = pause.multipliedBy(2).compareTo(longestPause) < 0 ? pause.multipliedBy(2) : longestPause;
        }
        assignment.resume();
        if (!assignment.isEmpty()) {
            status.recording();
            proven = Instant.now();
        }
    }

    /** Between half of it and all of it, so that several replicas do not come back to PostgreSQL at the same moment. */
    private static Duration jittered(Duration pause) {
        return pause.multipliedBy(ThreadLocalRandom.current().nextInt(50, 101)).dividedBy(100);
    }

    private long lag() {
        long lag = 0;
        for (TopicPartition partition : consumer.assignment()) {
            OptionalLong behind = consumer.currentLag(partition);
            lag += behind.orElse(0);
        }
        return lag;
    }
}
