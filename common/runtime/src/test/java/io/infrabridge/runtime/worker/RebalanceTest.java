package io.infrabridge.runtime.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.infrabridge.contract.Command;
import io.infrabridge.contract.Operation;
import io.infrabridge.contract.State;
import io.infrabridge.testkit.TestBroker;
import io.quarkus.runtime.ShutdownEvent;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two workers of one group, while one of them comes and goes in the middle of operations, and is once stopped for longer than
 * the group waits: whoever is asked, the host has seen every step once. {@code -Dinfrabridge.rebalances=50} for the long form.
 */
class RebalanceTest {
    private static final int REBALANCES = Integer.getInteger("infrabridge.rebalances", 20);
    private static final Duration NO_DRAIN = Duration.ofMillis(1);
    private static final Duration STEP = Duration.ofMillis(150);

    private static final Set<State> ENDS_OF_THE_UNREPEATABLE = Set.of(State.SUCCEEDED, State.INDETERMINATE);

    private final List<Command> sent = new CopyOnWriteArrayList<>();
    private final AtomicBoolean enough = new AtomicBoolean();
    private @TempDir Path folder;

    @Test
    void startsNoStepTwiceHoweverOftenPartitionsChangeHands() throws Exception {
        try (Bench bench = Bench.idle(folder)) {
            SlowHost host = new SlowHost(bench.host, STEP);
            BusClients clients = new KafkaClients(TestBroker.bootstrapServers());
            Worker staying = bench.start(clients, host, NO_DRAIN);
            Thread asking = new Thread(() -> ask(bench), "asking");
            asking.start();
            int rebalances = 0;
            while (rebalances < REBALANCES) {
                Worker guest = bench.start(clients, host, NO_DRAIN);
                host.started().awaitMore(20);
                guest.stop(new ShutdownEvent());
                host.started().awaitMore(20);
                rebalances += 2;
            }
            frozen(bench, host);
            enough.set(true);
            asking.join();
            List<Operation> ended = bench.results(sent, Bench.PATIENCE.multipliedBy(3));
            List<String> changes = bench.host.commands().stream()
                    .filter(command -> command.startsWith("add"))
                    .toList();
            System.out.printf(
                    "%d changes under %d rebalances and one frozen worker: %d steps%n",
                    sent.size(), rebalances, changes.size());

            assertThat(changes).doesNotHaveDuplicates();
            assertThat(ended).allSatisfy(RebalanceTest::endedTruthfully);
            staying.stop(new ShutdownEvent());
        }
    }

    private static void endedTruthfully(Operation operation) {
        assertThat(operation.state())
                .isIn(operation.action().equals("add") ? Set.of(State.SUCCEEDED) : ENDS_OF_THE_UNREPEATABLE);
    }

    /** Stops everything that one worker does, in the middle of its work, until others have its partitions. */
    private void frozen(Bench bench, SlowHost host) throws InterruptedException {
        Freezing freezing = new Freezing();
        Worker guest = bench.start(freezing.clients(), freezing.targets(host), NO_DRAIN);
        freezing.worked().awaitMore(5);
        freezing.freeze();
        // whatever it had begun is brought to its end by the other one, before it wakes up
        bench.results(List.copyOf(sent), Bench.PATIENCE.multipliedBy(3));
        freezing.thaw();
        host.started().awaitMore(20);
        guest.stop(new ShutdownEvent());
    }

    private void ask(Bench bench) {
        for (int i = 0; !enough.get(); i++) {
            String action = i % 2 == 0 ? "add" : "append";
            String name = "n" + i;
            Command command = bench.on(
                    "t" + i % Bench.TARGETS,
                    bench.command(
                            action,
                            Set.of("operator"),
                            false,
                            Instant.now().plusSeconds(300),
                            name + "-1",
                            name + "-2",
                            name + "-3"));
            bench.sendToTarget(command);
            sent.add(command);
            java.util.concurrent.locks.LockSupport.parkNanos(40_000_000);
        }
    }
}
