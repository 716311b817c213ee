package io.infrabridge.runtime.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.infrabridge.contract.Command;
import io.infrabridge.contract.Operation;
import io.infrabridge.contract.State;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A whole worker with real SSH servers, of which one is frozen by SIGSTOP; times are measured by {@link FrozenHostCost}. */
class FrozenHostTest {
    private static final int HOSTS = 6;
    private static final int READS = 30;

    private @TempDir Path folder;
    private Fleet fleet;
    private Bench bench;

    @BeforeEach
    void start() throws Exception {
        // so patient that nothing of the frozen host ends before the others have, however slow this machine is
        fleet = new Fleet(
                folder,
                HOSTS,
                Map.of("infrabridge.ssh.connect-timeout", "PT2M", "infrabridge.ssh.login-timeout", "PT2M"));
        bench = new Bench(folder, Optional.of(fleet.targets));
    }

    @AfterEach
    void stop() throws Exception {
        bench.close();
        fleet.close();
    }

    @Test
    void delaysNoReadOfAnotherHostThoughItsSessionIsOpen() {
        assertThat(bench.results(reads(List.of(Fleet.FREEZABLE), 1)))
                .extracting(Operation::state)
                .containsOnly(State.SUCCEEDED);
        othersEndWhileItsReadsWait();
    }

    @Test
    void delaysNoReadOfAnotherHostWhileItIsConnectedTo() {
        othersEndWhileItsReadsWait();
    }

    private void othersEndWhileItsReadsWait() {
        fleet.freeze();
        List<Command> waiting = reads(List.of(Fleet.FREEZABLE), READS);
        List<Command> elsewhere = reads(fleet.others(), READS / HOSTS);

        assertThat(bench.results(elsewhere)).extracting(Operation::state).containsOnly(State.SUCCEEDED);

        assertThat(bench.resultsSoFar(waiting)).as("of the frozen host").isEmpty();
        fleet.thaw();
        assertThat(bench.results(waiting))
                .extracting(Operation::state)
                .as("it is back")
                .containsOnly(State.SUCCEEDED);
    }

    private List<Command> reads(List<String> targets, int each) {
        List<Command> reads = IntStream.range(0, each)
                .boxed()
                .flatMap(number -> targets.stream()
                        .map(target -> bench.on(
                                target,
                                bench.command(
                                        "add",
                                        Set.of("operator"),
                                        true,
                                        Instant.now().plusSeconds(120),
                                        "nginx"))))
                .toList();
        reads.forEach(bench::sendToTarget);
        return reads;
    }
}
