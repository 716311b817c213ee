package io.infrabridge.runtime.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.infrabridge.contract.Command;
import io.infrabridge.contract.Json;
import io.infrabridge.contract.PolicyVerdict;
import io.infrabridge.runtime.execution.AddNames;
import io.infrabridge.runtime.execution.Cancellation;
import io.infrabridge.runtime.execution.FakeHost;
import io.infrabridge.runtime.execution.OperationRunner;
import io.infrabridge.runtime.execution.Running;
import io.infrabridge.runtime.operation.Output;
import io.infrabridge.runtime.value.PackageName;
import io.infrabridge.trust.signature.SigningKey;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.context.Context;
import io.smallrye.mutiny.Uni;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;

/** Tasks on their way through the queue, with a ledger that keeps nothing and a bus that takes everything. */
class TaskQueueTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Uni<Boolean> ROOM = Uni.createFrom().item(true);

    private final FakeHost host = new FakeHost();
    private final Tasks tasks = new Tasks();
    private final AtomicBoolean held = new AtomicBoolean(true);
    private final MockProducer<String, byte[]> bus =
            new MockProducer<>(true, null, new StringSerializer(), new ByteArraySerializer());
    private final List<String> heard = new CopyOnWriteArrayList<>();
    private final TaskQueue queue = queue();

    @Test
    void goesOnWithATaskOnce() {
        CompletableFuture<Output> answer = new CompletableFuture<>();
        host.answering("look", () -> Uni.createFrom().completionStage(answer));
        Task task = task(true);
        queue.goOn(task);
        queue.goOn(task);
        queue.start(task, ROOM).await().atMost(PATIENCE);
        host.answering("look", () -> Uni.createFrom().item(Output.of(String.join("\n", host.names))));

        answer.complete(Output.of(""));

        awaitNothing();
        assertThat(host.commands()).containsOnlyOnce("add a");
    }

    @Test
    void goesOnWithATaskOfWhichSomethingIsLeftFromAnOwnershipThatHasEnded() {
        Task left = task(true, () -> false);
        tasks.begin(left);

        Task task = task(true);
        queue.goOn(task);
        awaitNothing();
        tasks.end(left);

        assertThat(host.names).containsExactly("a");
    }

    @Test
    void forgetsATaskThatWasNotLetInOrOfWhichThatCannotBeTold() {
        Uni<Boolean> unknown = Uni.createFrom().failure(new IllegalStateException("broken"));
        for (boolean change : List.of(true, false)) {
            queue.start(task(change), Uni.createFrom().item(false)).await().atMost(PATIENCE);
            assertThat(queue.start(task(change), unknown).subscribeAsCompletionStage())
                    .failsWithin(PATIENCE);
        }

        assertThat(tasks.none()).isTrue();
        assertThat(host.commands()).isEmpty();
    }

    @Test
    void tellsOnlookersHowItEndedWhateverOneOfThemDoes() {
        host.answering("look", () -> Uni.createFrom().item(Output.of(String.join("\n", host.names))));

        queue.start(task(true), ROOM).await().atMost(PATIENCE);

        awaitNothing();
        assertThat(heard).containsExactly("add SUCCEEDED");
        assertThat(bus.history()).anyMatch(record -> record.topic().equals("infra.results"));
    }

    @Test
    void tellsNoResultOfAnOwnerThatHasLostThePartition() {
        for (boolean change : List.of(true, false)) {
            held.set(true);
            host.answering("look", () -> {
                held.set(false);
                return Uni.createFrom().item(Output.of("a"));
            });
            queue.start(task(change), ROOM).await().atMost(PATIENCE);
            awaitNothing();
        }

        assertThat(bus.history()).noneMatch(record -> record.topic().equals("infra.results"));
    }

    private void awaitNothing() {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!tasks.none()) {
            assertThat(System.nanoTime()).isLessThan(end);
            Thread.onSpinWait();
        }
    }

    private Task task(boolean change) {
        return task(change, held::get);
    }

    private static Task task(boolean change, Running.Fence fence) {
        Command command = new Command(
                "o1",
                "gateway",
                "fake_names",
                "add",
                Json.object(),
                "localhost",
                "key:test",
                Set.of("operator"),
                Optional.empty(),
                Optional.empty(),
                !change,
                Instant.now(),
                Instant.now().plusSeconds(60),
                Optional.empty());
        Incoming.Admitted admitted = new Incoming.Admitted(
                command,
                "rule",
                Optional.empty(),
                new PolicyVerdict("rule", "1", Optional.empty(), Optional.empty(), Optional.empty()),
                List.of());
        return new Task(
                command,
                Json.bytes(command),
                Map.of(),
                1,
                new AddNames(true),
                new AddNames.Input(List.of(new PackageName("a"))),
                change,
                Clearance.needing(Optional.empty()),
                Standing.of(admitted, () -> admitted),
                fence,
                new Cancellation(),
                Context.root());
    }

    private TaskQueue queue() {
        Clock clock = Clock.systemUTC();
        Publisher publisher = new Publisher(new Outbox(bus), SigningKey.generate("t-worker"), "t-worker", clock);
        Answers answers = new Answers(publisher, "t-worker-1", clock);
        Ledger ledger = new Forgetful();
        Outcomes outcomes = new Outcomes(ledger, answers, clock);
        SimpleMeterRegistry metrics = new SimpleMeterRegistry();
        Observations observations = new Observations(
                OpenTelemetry.noop().getTracer("test"),
                metrics,
                new TargetHealth(metrics),
                List.of(
                        (command, ended) -> {
                            throw new IllegalStateException("an onlooker that is broken");
                        },
                        (command, ended) -> heard.add(command.action() + " " + ended.state())),
                clock);
        OperationRunner runner =
                new OperationRunner(List.of(host), OpenTelemetry.noop().getTracer("test"), clock);
        WaitingRoom room =
                new WaitingRoom(ledger, outcomes, new ApprovalMessages(answers, publisher, "t-worker-1", clock), clock);
        return new TaskQueue(
                tasks, new Lanes(1, 10), new Executor(runner, outcomes, answers, observations, clock), room, outcomes);
    }

    private static final class Forgetful implements Ledger {
        @Override
        public void load(Collection<Integer> partitions) {}

        @Override
        public void drop(Collection<Integer> partitions) {}

        @Override
        public Optional<LedgerEntry> find(int partition, String key) {
            return Optional.empty();
        }

        @Override
        public List<LedgerEntry> open(int partition) {
            return List.of();
        }

        @Override
        public Uni<Void> write(int partition, LedgerEntry entry) {
            return Uni.createFrom().voidItem();
        }

        @Override
        public void published(int partition, String key) {}
    }
}
