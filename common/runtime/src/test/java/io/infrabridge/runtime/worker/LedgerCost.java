package io.infrabridge.runtime.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.infrabridge.contract.Command;
import io.infrabridge.contract.Json;
import io.infrabridge.contract.Operation;
import io.infrabridge.contract.State;
import io.infrabridge.contract.Topics;
import io.infrabridge.testkit.TestBroker;
import io.quarkus.runtime.ShutdownEvent;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the ledger adds to a change of one step, which writes three times, and to a read; and what it keeps in memory. By hand. */
class LedgerCost {
    private static final int WARM_UP = 1500;
    private static final int MEASURED = 1500;
    private static final int REMEMBERED = 100_000;

    private final Map<String, LongAdder> waited = new ConcurrentHashMap<>();
    private final LongAdder written = new LongAdder();
    private @TempDir Path folder;

    @Test
    void addsAtMostTwoMillisecondsToAChangeAndNothingToARead() throws Exception {
        try (Bench bench = Bench.idle(folder)) {
            Worker worker = bench.start(timed(bench), bench.host, Duration.ofSeconds(5));
            long[] changes = run(bench, false);
            long ofChanges = written.sumThenReset();
            long[] reads = run(bench, true);
            System.out.printf(
                    "ledger, added to a change: p50 %.2f ms, p99 %.2f ms, %d records for %d changes; to a read: %d records%n",
                    changes[MEASURED / 2] / 1e6,
                    changes[MEASURED * 99 / 100] / 1e6,
                    ofChanges,
                    WARM_UP + MEASURED,
                    written.sum());
            System.out.printf(
                    "ledger, a bare acknowledged write of the same size in the same run: p50 %.2f ms%n",
                    bareWrite() / 1e6);
            worker.stop(new ShutdownEvent());

            assertThat(written.sum()).isZero();
            assertThat(reads[MEASURED - 1]).isZero();
            assertThat(changes[MEASURED / 2]).isLessThanOrEqualTo(2_000_000);
        }
    }

    @Test
    void keepsLittleOfWhatHasEnded() {
        LedgerPart part = new LedgerPart(Topics.LEDGER_RETENTION);
        byte[] result = Json.bytes(Map.of("state", State.SUCCEEDED, "text", "x".repeat(1500)));
        long before = used();
        for (int i = 0; i < REMEMBERED; i++) {
            String id = java.util.UUID.randomUUID().toString();
            part.written(new LedgerEntry(
                    "gateway",
                    id,
                    RequestHash.of(id.getBytes(java.nio.charset.StandardCharsets.UTF_8)),
                    LedgerEntry.Phase.FINISHED,
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.of(result.clone()),
                    Instant.now()));
        }
        long each = (used() - before) / REMEMBERED;
        System.out.printf("ledger, in memory: %d bytes for a change with a result of %d bytes%n", each, result.length);

        assertThat(part.find("gateway/none")).isEmpty();
        assertThat(each).isLessThan(result.length + 1000L);
    }

    /** One by one, by a client with the same settings: what the machine itself asks for each of the three. */
    private long bareWrite() throws Exception {
        long[] nanos = new long[MEASURED];
        try (Producer<String, byte[]> producer = new KafkaClients(TestBroker.bootstrapServers()).producer()) {
            for (int i = -WARM_UP; i < MEASURED; i++) {
                long start = System.nanoTime();
                producer.send(new ProducerRecord<>(Topics.DEAD_LETTERS, "key", new byte[1500]))
                        .get();
                if (i >= 0) {
                    nanos[i] = System.nanoTime() - start;
                }
            }
        }
        Arrays.sort(nanos);
        return nanos[MEASURED / 2];
    }

    private long[] run(Bench bench, boolean dry) {
        long[] nanos = new long[MEASURED];
        for (int i = -WARM_UP; i < MEASURED; i += 50) {
            List<Command> some = java.util.stream.IntStream.range(0, 50)
                    .mapToObj(number -> bench.on(
                            "t" + number % Bench.TARGETS,
                            bench.command(
                                    "add",
                                    Set.of("operator"),
                                    dry,
                                    Instant.now().plusSeconds(60),
                                    name())))
                    .toList();
            some.forEach(command -> {
                bench.sendToTarget(command);
                // one by one, so that what is measured is waiting for the ledger and not for each other
                awaitOrPause(command, dry);
            });
            List<Operation> ended = bench.results(some);
            for (int j = 0; j < ended.size() && i >= 0; j++) {
                LongAdder sum = waited.getOrDefault("gateway/" + ended.get(j).id(), new LongAdder());
                nanos[i + j] = sum.sum();
            }
        }
        Arrays.sort(nanos);
        return nanos;
    }

    private void awaitOrPause(Command command, boolean dry) {
        long end = System.nanoTime() + (dry ? 2_000_000 : 1_000_000_000);
        while (System.nanoTime() < end && !finished.contains("gateway/" + command.id())) {
            java.util.concurrent.locks.LockSupport.parkNanos(50_000);
        }
    }

    private final Set<String> finished = ConcurrentHashMap.newKeySet();

    private static String name() {
        return "n" + java.util.UUID.randomUUID().toString().substring(0, 8);
    }

    private static long used() {
        System.gc();
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }

    private BusClients timed(Bench bench) {
        KafkaClients real = new KafkaClients(TestBroker.bootstrapServers());
        return new BusClients() {
            @Override
            public Consumer<String, byte[]> consumer(String group, Duration session) {
                return real.consumer(group, session);
            }

            @Override
            public Consumer<String, byte[]> reader() {
                return real.reader();
            }

            @Override
            @SuppressWarnings("unchecked")
            public Producer<String, byte[]> producer() {
                Producer<String, byte[]> producer = real.producer();
                return (Producer<String, byte[]>) Proxy.newProxyInstance(
                        LedgerCost.class.getClassLoader(),
                        new Class<?>[] {Producer.class},
                        (self, method, arguments) -> {
                            boolean sends = method.getName().equals("send");
                            if (sends
                                    && ((ProducerRecord<?, ?>) arguments[0])
                                            .topic()
                                            .equals(Topics.ledger(bench.domain))) {
                                return send(producer, (ProducerRecord<String, byte[]>) arguments[0], (Callback)
                                        arguments[1]);
                            }
                            try {
                                return method.invoke(producer, arguments);
                            } catch (InvocationTargetException e) {
                                throw e.getCause();
                            }
                        });
            }
        };
    }

    private Object send(Producer<String, byte[]> producer, ProducerRecord<String, byte[]> record, Callback callback) {
        long start = System.nanoTime();
        written.increment();
        return producer.send(record, (metadata, failure) -> {
            waited.computeIfAbsent(record.key(), key -> new LongAdder()).add(System.nanoTime() - start);
            if (Json.parse(record.value()).at("/entry/phase").asText().equals("FINISHED")) {
                finished.add(record.key());
            }
            callback.onCompletion(metadata, failure);
        });
    }
}
