package io.infrabridge.runtime.worker;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.infrabridge.contract.Command;
import io.infrabridge.contract.Operation;
import io.infrabridge.contract.State;
import io.infrabridge.contract.Topics;
import io.infrabridge.runtime.execution.Processes;
import io.infrabridge.runtime.operation.Output;
import io.infrabridge.testkit.net.SeparateBroker;
import io.smallrye.mutiny.Uni;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The broker is frozen (it takes bytes and says nothing) or dies, while an operation runs. {@code -Dinfrabridge.frozen-for=PT60S}
 * makes the freeze longer than the group waits for a member.
 */
class BrokerAwayTest {
    private static final Duration FROZEN_FOR = Duration.parse(System.getProperty("infrabridge.frozen-for", "PT3S"));

    private static SeparateBroker broker;

    private final CompletableFuture<Void> release = new CompletableFuture<>();
    private @TempDir Path folder;
    private Bench bench;

    @BeforeAll
    static void startBroker() {
        broker = SeparateBroker.start(Topics.all(Topics.SHIPPED_DOMAINS));
    }

    @AfterAll
    static void closeBroker() {
        broker.close();
    }

    @BeforeEach
    void start() throws Exception {
        bench = new Bench(folder, Optional.empty(), broker.bootstrapServers());
        bench.host.answering(
                "add slow",
                () -> Uni.createFrom()
                        .completionStage(() -> release.thenApply(done -> {
                            bench.host.names.add("slow");
                            return Output.of("");
                        })));
    }

    @AfterEach
    void stop() throws Exception {
        bench.close();
    }

    @Test
    void publishesOnceWhatEndedWhileTheBrokerWasFrozen() throws Exception {
        Command command = begun();
        broker.freeze();
        release.complete(null);
        // what the worker does meanwhile is to wait, which nothing shows
        Instant thawing = Instant.now().plus(FROZEN_FOR);
        Processes.await(() -> Instant.now().isAfter(thawing), FROZEN_FOR.plusSeconds(5));
        broker.thaw();

        endsOnce(command);
    }

    @Test
    void publishesOnceWhatEndedWhileTheBrokerWasDead() throws Exception {
        Command command = begun();
        broker.kill();
        release.complete(null);
        Processes.await(() -> bench.host.names.contains("slow"));
        broker.startAgain();

        endsOnce(command);
    }

    @Test
    void stopsWithinItsLimitWhileTheBrokerIsFrozen() throws Exception {
        release.complete(null);
        Command command = begun();
        bench.result(command);
        broker.freeze();
        Instant begin = Instant.now();
        try {
            bench.stopFirst();

            assertThat(Duration.between(begin, Instant.now())).isLessThan(Duration.ofSeconds(20));
        } finally {
            broker.thaw();
        }
        bench.startAnother();
    }

    private Command begun() throws InterruptedException {
        Command command = bench.command("add", "slow");
        bench.send(command);
        Processes.await(() -> bench.host.commands().contains("add slow"));
        return command;
    }

    /** And the worker takes further commands, among them one for every partition. */
    private void endsOnce(Command command) {
        assertThat(bench.result(command).state()).isEqualTo(State.SUCCEEDED);
        Set<String> events = events(command);
        List<Command> next = IntStream.range(0, Bench.TARGETS)
                .mapToObj(number -> bench.on("t" + number, bench.command("add", "next")))
                .toList();
        next.forEach(bench::sendToTarget);
        assertThat(bench.results(next)).extracting(Operation::state).containsOnly(State.SUCCEEDED);
        // a command that comes again because its offset was not yet committed is answered with the very same event
        assertThat(events(command)).hasSize(1).isEqualTo(events);
        assertThat(bench.host.commands()).containsOnlyOnce("add slow");
    }

    private Set<String> events(Command command) {
        return bench.resultsSoFar(List.of(command)).stream()
                .map(record -> new String(record.headers().lastHeader("ce_id").value(), UTF_8) + " "
                        + new String(record.value(), UTF_8))
                .collect(Collectors.toSet());
    }
}
