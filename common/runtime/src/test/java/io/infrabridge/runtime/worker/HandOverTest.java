package io.infrabridge.runtime.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.infrabridge.contract.Command;
import io.infrabridge.contract.Operation;
import io.infrabridge.contract.State;
import io.infrabridge.runtime.execution.Processes;
import io.infrabridge.runtime.operation.Output;
import io.smallrye.mutiny.Uni;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A worker is asked to stop while another one runs. */
class HandOverTest {
    /** After it the group takes a member that says nothing for dead. */
    private static final Duration SESSION_TIMEOUT = Duration.ofSeconds(15);

    private @TempDir Path folder;
    private Bench bench;

    @BeforeEach
    void start() throws Exception {
        bench = new Bench(folder);
        bench.startBeside();
    }

    @AfterEach
    void stop() throws InterruptedException {
        bench.close();
    }

    @Test
    void theOtherWorkerTakesOverAtOnce() throws Exception {
        bench.stopFirst();
        Instant begin = Instant.now();
        List<Command> everywhere = lookEverywhere();

        List<Operation> results = bench.results(everywhere);

        assertThat(Duration.between(begin, Instant.now())).isLessThan(SESSION_TIMEOUT);
        assertThat(results).extracting(Operation::state).containsOnly(State.SUCCEEDED);
        assertThat(results).extracting(result -> result.worker().orElseThrow()).containsOnly(bench.nameOf(2));
    }

    @Test
    void whatDoesNotEndWithinTheLimitIsHandedOver() throws Exception {
        String target = bench.results(lookEverywhere()).stream()
                .filter(result -> result.worker().orElseThrow().equals(bench.nameOf(1)))
                .map(Operation::target)
                .findFirst()
                .orElseThrow();
        AtomicInteger looks = new AtomicInteger();
        bench.host.answering(
                "look",
                () -> looks.incrementAndGet() == 1
                        ? Uni.createFrom().nothing()
                        : Uni.createFrom().item(Output.of("")));
        Command command = look(target);
        bench.sendToTarget(command);
        Processes.await(() -> looks.get() == 1);
        bench.stopFirst();
        Instant begin = Instant.now();

        Operation result = bench.result(command);

        assertThat(Duration.between(begin, Instant.now())).isLessThan(SESSION_TIMEOUT);
        assertThat(result.state()).isEqualTo(State.SUCCEEDED);
        assertThat(result.worker()).contains(bench.nameOf(2));
        assertThat(bench.resultsSoFar(List.of(command))).hasSize(1);
    }

    @Test
    void whatEndsWithinTheLimitEndsWhereItBegan() throws Exception {
        String target = bench.results(lookEverywhere()).stream()
                .filter(result -> result.worker().orElseThrow().equals(bench.nameOf(1)))
                .map(Operation::target)
                .findFirst()
                .orElseThrow();
        AtomicInteger looks = new AtomicInteger();
        bench.host.answering("look", () -> {
            looks.incrementAndGet();
            return Uni.createFrom().item(Output.of("")).onItem().delayIt().by(Duration.ofSeconds(2));
        });
        Command command = look(target);
        bench.sendToTarget(command);
        Processes.await(() -> looks.get() == 1);
        bench.stopFirst();

        assertThat(bench.result(command).worker()).contains(bench.nameOf(1));
        assertThat(looks).hasValue(1);
    }

    private List<Command> lookEverywhere() {
        List<Command> looks = IntStream.range(0, Bench.TARGETS)
                .mapToObj(number -> look("t" + number))
                .toList();
        looks.forEach(bench::sendToTarget);
        return looks;
    }

    private Command look(String target) {
        return bench.on(
                target,
                bench.command("add", Set.of("operator"), true, Instant.now().plusSeconds(120), "nginx"));
    }
}
