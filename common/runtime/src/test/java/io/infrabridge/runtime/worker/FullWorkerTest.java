package io.infrabridge.runtime.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.infrabridge.contract.Command;
import io.infrabridge.contract.Heartbeat;
import io.infrabridge.contract.Json;
import io.infrabridge.contract.Operation;
import io.infrabridge.contract.State;
import io.infrabridge.contract.TargetKind;
import io.infrabridge.contract.Topics;
import io.infrabridge.runtime.execution.FakeHost;
import io.infrabridge.runtime.execution.Target;
import io.infrabridge.runtime.execution.Targets;
import io.smallrye.mutiny.Uni;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A worker that has as much to do as it takes says so, and says when it takes more. */
class FullWorkerTest {
    private @TempDir Path folder;

    @Test
    void tellsWithItsHeartbeatsWhetherItTakesMore() throws Exception {
        AllHang targets = new AllHang();
        try (Bench bench = new Bench(folder, Optional.of(targets))) {
            bench.records(Topics.HEARTBEATS, saying(bench, load -> load.accepting() && load.inFlight() == 0), 1);
            List<Command> commands = new ArrayList<>();
            for (int i = 0; i < 40; i++) {
                commands.add(bench.on("t0", command(bench)));
                commands.add(bench.on("t1", command(bench)));
            }
            commands.forEach(bench::sendToTarget);

            Instant full = bench
                    .records(Topics.HEARTBEATS, saying(bench, load -> !load.accepting() && load.inFlight() >= 64), 1)
                    .stream()
                    .map(record -> Json.read(record.value(), Heartbeat.class).at())
                    .findFirst()
                    .orElseThrow();
            targets.answer.complete(null);

            assertThat(bench.results(commands)).extracting(Operation::state).containsOnly(State.SUCCEEDED);
            bench.records(
                    Topics.HEARTBEATS,
                    record -> saying(bench, Heartbeat.Load::accepting).test(record)
                            && Json.read(record.value(), Heartbeat.class).at().isAfter(full),
                    1);
        } finally {
            targets.answer.complete(null);
        }
    }

    private static Predicate<ConsumerRecord<String, byte[]>> saying(Bench bench, Predicate<Heartbeat.Load> wanted) {
        return record -> bench.domain.name().equals(record.key())
                && Json.read(record.value(), Heartbeat.class)
                        .load()
                        .filter(wanted)
                        .isPresent();
    }

    private static Command command(Bench bench) {
        return bench.command("add", Set.of("operator"), true, Instant.now().plusSeconds(120), "nginx");
    }

    private static final class AllHang implements Targets {
        private final FakeHost host = new FakeHost();
        private final CompletableFuture<Void> answer = new CompletableFuture<>();

        @Override
        public TargetKind kind() {
            return TargetKind.HOST;
        }

        @Override
        public Uni<? extends Target<?>> reach(String name) {
            return Uni.createFrom()
                    .completionStage(() -> answer.copy())
                    .chain(() -> Uni.createFrom().item((Target<?>) host));
        }
    }
}
