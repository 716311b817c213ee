package io.infrabridge.system.bench;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.LongStream;

/** Does the same thing over and over, by one worker or by many at once: first to warm up, then measured. */
record Load(int atOnce, Duration warmUp, Duration measure) {
    static Load oneByOne(double scale) {
        return new Load(1, seconds(12, scale), seconds(10, scale));
    }

    static Load atOnce(int count, double scale) {
        return new Load(count, seconds(15, scale), seconds(12, scale));
    }

    /** One worker's own connection; what it throws ends the benchmark. */
    interface Connection extends AutoCloseable {
        void roundTrip() throws IOException, InterruptedException;

        @Override
        void close() throws IOException;
    }

    interface Connector {
        Connection connect() throws IOException;
    }

    Measured on(Connector connector) throws InterruptedException {
        run(connector, warmUp);
        return run(connector, measure);
    }

    private Measured run(Connector connector, Duration time) throws InterruptedException {
        ExecutorService workers = Executors.newFixedThreadPool(atOnce);
        try {
            long start = System.nanoTime();
            long end = start + time.toNanos();
            List<Future<LongStream.Builder>> parts = new ArrayList<>();
            for (int i = 0; i < atOnce; i++) {
                parts.add(workers.submit(worker(connector, end)));
            }
            LongStream all = LongStream.empty();
            for (Future<LongStream.Builder> part : parts) {
                all = LongStream.concat(all, part.get().build());
            }
            return new Measured(all.toArray(), (System.nanoTime() - start) / 1e9);
        } catch (ExecutionException e) {
            throw new IllegalStateException("the benchmark failed", e.getCause());
        } finally {
            workers.shutdownNow();
        }
    }

    private static Callable<LongStream.Builder> worker(Connector connector, long end) {
        return () -> {
            LongStream.Builder took = LongStream.builder();
            try (Connection connection = connector.connect()) {
                for (long before = System.nanoTime(); before < end; before = System.nanoTime()) {
                    connection.roundTrip();
                    took.add(System.nanoTime() - before);
                }
            }
            return took;
        };
    }

    private static Duration seconds(int seconds, double scale) {
        return Duration.ofMillis(Math.round(1000 * seconds * scale));
    }
}
