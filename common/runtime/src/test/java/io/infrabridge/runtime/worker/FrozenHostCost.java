package io.infrabridge.runtime.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.infrabridge.contract.Command;
import io.infrabridge.contract.Json;
import io.infrabridge.contract.Operation;
import io.infrabridge.contract.State;
import io.infrabridge.contract.Topics;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * How long reads of 19 hosts take, from the command's topic to the results' topic, while the twentieth is quiet and while it is
 * frozen and is asked as often as the others. Quiet and frozen rounds alternate, and of each kind the median counts, so that what
 * else this machine does matters less. Run by hand, four minutes; {@code -Dinfrabridge.rate} is the reads of all hosts a second.
 */
class FrozenHostCost {
    private static final int HOSTS = 20;
    private static final int ROUNDS = 5;
    private static final int RATE = Integer.getInteger("infrabridge.rate", 40);
    private static final Duration ROUND = Duration.ofSeconds(15);
    private static final Duration WARM_UP = Duration.ofSeconds(10);

    private @TempDir Path folder;
    private final Map<String, Long> asked = new ConcurrentHashMap<>();
    private final Map<String, Long> took = new ConcurrentHashMap<>();
    private final Map<String, String> notSucceeded = new ConcurrentHashMap<>();
    private volatile boolean done;

    @Test
    void readsOfOtherHostsTakeNoTwiceAsLong() throws Exception {
        // twenty logins at once take their time on a busy machine; the frozen host is waited for even longer by that
        try (Fleet fleet = new Fleet(folder, HOSTS, Map.of("infrabridge.ssh.login-timeout", "PT1M"));
                Bench bench = new Bench(folder, Optional.of(fleet.targets))) {
            Thread listener = new Thread(() -> listen(bench), "listener");
            listener.start();
            // on a busy machine not all of the first logins are made in time
            round(bench, fleet, WARM_UP);
            List<List<Double>> quiet = new ArrayList<>();
            List<List<Double>> frozen = new ArrayList<>();
            for (int i = 0; i < ROUNDS; i++) {
                quiet.add(times(round(bench, fleet, ROUND)));
                fleet.freeze();
                frozen.add(times(round(bench, fleet, ROUND)));
                fleet.thaw();
                // what waits for the frozen host ends before the next quiet round
                round(bench, fleet, WARM_UP);
            }
            done = true;
            listener.join();
            double ratio = median(frozen, 99) / median(quiet, 99);
            System.out.printf(
                    "reads of 19 of 20 hosts, %d/s over all: quiet p50 %.1f ms, p99 %.1f ms;"
                            + " one frozen p50 %.1f ms, p99 %.1f ms; p99 ratio %.2f (p99 of all rounds: %s and %s)%n",
                    RATE,
                    median(quiet, 50),
                    median(quiet, 99),
                    median(frozen, 50),
                    median(frozen, 99),
                    ratio,
                    each(quiet),
                    each(frozen));

            assertThat(ratio).isLessThan(2);
        }
    }

    /** Asks all hosts in turn at a steady rate; the reads of the others, which have ended. */
    private List<String> round(Bench bench, Fleet fleet, Duration time) {
        List<String> targets = new ArrayList<>(fleet.others());
        targets.add(Fleet.FREEZABLE);
        List<String> ids = new ArrayList<>();
        long begin = System.nanoTime();
        int count = (int) (time.toSeconds() * RATE);
        for (int i = 0; i < count; i++) {
            LockSupport.parkNanos(begin + i * 1_000_000_000L / RATE - System.nanoTime());
            String target = targets.get(i % targets.size());
            Command read = bench.on(
                    target,
                    bench.command("add", Set.of("operator"), true, Instant.now().plusSeconds(60), "nginx"));
            if (!target.equals(Fleet.FREEZABLE)) {
                ids.add(read.id());
            }
            asked.put(read.id(), System.nanoTime());
            bench.sendToTarget(read);
        }
        long end = System.nanoTime() + Duration.ofSeconds(60).toNanos();
        while (!took.keySet().containsAll(ids)) {
            assertThat(System.nanoTime()).as("all reads of the others end").isLessThan(end);
            LockSupport.parkNanos(10_000_000);
        }
        return ids;
    }

    /** How many milliseconds they took. */
    private List<Double> times(List<String> ids) {
        assertThat(notSucceeded).doesNotContainKeys(ids.toArray(String[]::new));
        return ids.stream().map(id -> took.get(id) / 1e6).toList();
    }

    private void listen(Bench bench) {
        try (Consumer<String, byte[]> reader = bench.reader()) {
            List<TopicPartition> partitions = reader.partitionsFor(Topics.RESULTS).stream()
                    .map(info -> new TopicPartition(Topics.RESULTS, info.partition()))
                    .toList();
            reader.assign(partitions);
            reader.seekToEnd(partitions);
            while (!done) {
                reader.poll(Duration.ofMillis(20)).forEach(record -> {
                    long now = System.nanoTime();
                    Long since = asked.get(record.key());
                    if (since != null && took.putIfAbsent(record.key(), now - since) == null) {
                        Operation result = Json.read(record.value(), Operation.class);
                        if (result.state() != State.SUCCEEDED) {
                            notSucceeded.put(record.key(), result.target() + " " + result.error());
                        }
                    }
                });
            }
        }
    }

    private static double median(List<List<Double>> rounds, int percent) {
        List<Double> each = rounds.stream()
                .map(round -> percentile(round, percent))
                .sorted()
                .toList();
        return each.get(each.size() / 2);
    }

    private static List<Long> each(List<List<Double>> rounds) {
        return rounds.stream().map(round -> Math.round(percentile(round, 99))).toList();
    }

    private static double percentile(List<Double> values, int percent) {
        double[] sorted = values.stream().mapToDouble(Double::doubleValue).toArray();
        Arrays.sort(sorted);
        return sorted[Math.min(sorted.length - 1, sorted.length * percent / 100)];
    }
}
