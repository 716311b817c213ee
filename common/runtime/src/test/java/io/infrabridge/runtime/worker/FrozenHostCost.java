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
 * frozen and is asked as often as the others. Run by hand, two minutes; {@code -Dinfrabridge.rate} is the reads of all hosts a second.
 */
class FrozenHostCost {
    private static final int HOSTS = 20;
    private static final int ROUNDS = 3;
    private static final int RATE = Integer.getInteger("infrabridge.rate", 40);
    private static final Duration ROUND = Duration.ofSeconds(15);
    private static final Duration WARM_UP = Duration.ofSeconds(10);

    private @TempDir Path folder;
    private final Map<String, Long> asked = new ConcurrentHashMap<>();
    private final Map<String, Long> took = new ConcurrentHashMap<>();
    private final Set<String> notSucceeded = ConcurrentHashMap.newKeySet();
    private volatile boolean done;

    @Test
    void readsOfOtherHostsTakeNoTwiceAsLong() throws Exception {
        try (Fleet fleet = new Fleet(folder, HOSTS, Map.of());
                Bench bench = new Bench(folder, Optional.of(fleet.targets))) {
            Thread listener = new Thread(() -> listen(bench), "listener");
            listener.start();
            round(bench, fleet, WARM_UP);
            List<Double> quiet = new ArrayList<>();
            List<Double> frozen = new ArrayList<>();
            for (int i = 0; i < ROUNDS; i++) {
                quiet.addAll(round(bench, fleet, ROUND));
                fleet.freeze();
                frozen.addAll(round(bench, fleet, ROUND));
                fleet.thaw();
                // what waits for the frozen host ends before the next quiet round
                round(bench, fleet, WARM_UP);
            }
            done = true;
            listener.join();
            double ratio = percentile(frozen, 99) / percentile(quiet, 99);
            System.out.printf(
                    "reads of 19 of 20 hosts, %d/s over all: quiet p50 %.1f ms, p99 %.1f ms (%d);"
                            + " one frozen p50 %.1f ms, p99 %.1f ms (%d); p99 ratio %.2f%n",
                    RATE,
                    percentile(quiet, 50),
                    percentile(quiet, 99),
                    quiet.size(),
                    percentile(frozen, 50),
                    percentile(frozen, 99),
                    frozen.size(),
                    ratio);

            assertThat(notSucceeded).isSubsetOf(Fleet.FREEZABLE);
            assertThat(ratio).isLessThan(2);
        }
    }

    /** Asks all hosts in turn at a steady rate; how many milliseconds each read of the others took. */
    private List<Double> round(Bench bench, Fleet fleet, Duration time) {
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
                            notSucceeded.add(result.target());
                        }
                    }
                });
            }
        }
    }

    private static double percentile(List<Double> values, int percent) {
        double[] sorted = values.stream().mapToDouble(Double::doubleValue).toArray();
        Arrays.sort(sorted);
        return sorted[Math.min(sorted.length - 1, sorted.length * percent / 100)];
    }
}
