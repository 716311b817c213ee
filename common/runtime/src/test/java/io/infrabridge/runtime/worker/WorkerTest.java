package io.infrabridge.runtime.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.infrabridge.contract.Cancel;
import io.infrabridge.contract.CatalogueAnnouncement;
import io.infrabridge.contract.Category;
import io.infrabridge.contract.Command;
import io.infrabridge.contract.EventType;
import io.infrabridge.contract.Failure;
import io.infrabridge.contract.HealthEvent;
import io.infrabridge.contract.Json;
import io.infrabridge.contract.Operation;
import io.infrabridge.contract.Progress;
import io.infrabridge.contract.State;
import io.infrabridge.contract.StepReport;
import io.infrabridge.contract.Topics;
import io.infrabridge.runtime.execution.FakeHost;
import io.infrabridge.runtime.execution.StepRecord;
import io.infrabridge.runtime.operation.Output;
import io.infrabridge.testkit.TestBroker;
import io.infrabridge.trust.signature.SigningKey;
import io.quarkus.runtime.ShutdownEvent;
import io.smallrye.mutiny.Uni;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The way of a command through a worker, on a real broker; only the host is a fake. */
class WorkerTest {
    private @TempDir Path folder;
    private Bench bench;

    @BeforeEach
    void start() throws IOException {
        bench = new Bench(folder);
    }

    @AfterEach
    void stop() throws InterruptedException {
        bench.close();
    }

    @Test
    void executesASignedCommandAndPublishesItsResult() {
        Command command = bench.command("add", "nginx");
        bench.send(command);

        Operation result = bench.result(command);

        assertThat(result.state()).isEqualTo(State.SUCCEEDED);
        assertThat(result.changed()).contains(true);
        assertThat(result.output()).contains(Json.object().set("names", Json.tree(List.of("nginx"))));
        assertThat(result.traceId()).contains("0af7651916cd43dd8448eb211c80319c");
        assertThat(result.caller()).isEqualTo("key:test");
        assertThat(result.reason()).contains("a test");
    }

    @Test
    void announcesWhatItCanDo() {
        List<ConsumerRecord<String, byte[]>> announced =
                bench.records(Topics.CATALOGUE, record -> record.key().equals(bench.domain.name()), 1);

        CatalogueAnnouncement announcement = Json.read(announced.get(0).value(), CatalogueAnnouncement.class);
        assertThat(announcement.operations()).hasSize(2);
        bench.records(Topics.HEARTBEATS, record -> record.key().equals(bench.domain.name()), 2);
    }

    @Test
    void publishesTheSameResultAgainAndChangesNothingWhenAChangeIsRedelivered() {
        Command command = bench.command("append", "once");
        bench.send(command);
        bench.result(command);
        bench.send(command);

        List<ConsumerRecord<String, byte[]>> results = bench.results(command, 2);

        assertThat(results.get(0).value()).isEqualTo(results.get(1).value());
        assertThat(header(results.get(0), "ce_id")).isEqualTo(header(results.get(1), "ce_id"));
        assertThat(bench.host.commands()).containsOnlyOnce("add once");
    }

    @Test
    void remembersAcrossARestartWhatItHasDone() throws InterruptedException {
        Command command = bench.command("append", "once");
        bench.send(command);
        bench.result(command);
        bench.restart();
        bench.send(command);

        // the first, that of the last result after an assignment, and that of the record that came again
        List<ConsumerRecord<String, byte[]>> results = bench.results(command, 3);
        assertThat(results).hasSize(3).allSatisfy(again -> {
            assertThat(again.value()).isEqualTo(results.get(0).value());
            assertThat(header(again, "ce_id")).isEqualTo(header(results.get(0), "ce_id"));
        });
        assertThat(bench.host.commands()).containsOnlyOnce("add once");
    }

    /** As after an upgrade: what the worker before took is not taken any more. */
    @Test
    void endsTruthfullyWhatItCanNoLongerReadFromTheLedgerAndGoesOn() throws InterruptedException {
        Command begun = bench.command("add", "--no-longer-valid");
        Command claimed = bench.command("add", "--neither");
        bench.stop();
        bench.inTheLedger(claimed, LedgerEntry.Phase.CLAIMED, Optional.empty(), Optional.empty());
        StepRecord step = new StepRecord(List.of(), "Add it", Instant.now(), Instant.now(), Optional.empty());
        bench.inTheLedger(begun, LedgerEntry.Phase.BEGUN, Optional.empty(), Optional.of(step));
        bench.begin();
        Command next = bench.command("add", "next");
        bench.send(next);

        assertThat(bench.result(next).state()).isEqualTo(State.SUCCEEDED);
        assertThat(bench.result(begun).state()).isEqualTo(State.INDETERMINATE);
        assertThat(bench.result(begun).error().orElseThrow().category()).isEqualTo(Category.INTERRUPTED);
        assertThat(bench.result(claimed).state()).isEqualTo(State.REJECTED);
        bench.restart();
        assertThat(bench.host.names).containsExactly("next");
        bench.send(begun);
        assertThat(bench.results(begun, 2).get(1).value())
                .isEqualTo(bench.results(begun, 1).get(0).value());
    }

    @Test
    void saysWhatItWaitsForWhereAnEarlierWorkersStepMayBeAlive() throws InterruptedException {
        Command command = bench.command("add", "late");
        bench.stop();
        Instant until = Instant.now().plus(Duration.ofHours(1));
        StepRecord step = new StepRecord(List.of(), "Add it", Instant.now(), until, Optional.empty());
        bench.inTheLedger(command, LedgerEntry.Phase.BEGUN, Optional.empty(), Optional.of(step));
        // one that does not wait for it in the end
        Worker next = bench.start(new KafkaClients(TestBroker.bootstrapServers()), bench.host, Duration.ofMillis(1));
        try {
            ConsumerRecord<String, byte[]> progress = bench.records(
                            Topics.PROGRESS, record -> record.key().equals(command.id()), 1)
                    .get(0);
            assertThat(Json.read(progress.value(), Progress.class).message()).startsWith("waits until " + until);
            assertThat(bench.host.commands()).isEmpty();
        } finally {
            next.stop(new ShutdownEvent());
        }
    }

    @Test
    void refusesAChangeThatTheLedgerCouldNotHold() {
        String[] names = IntStream.range(0, 30_000).mapToObj(i -> "n" + i).toArray(String[]::new);
        Command command = bench.command("add", names);
        bench.send(command);

        assertThat(bench.result(command).state()).isEqualTo(State.REJECTED);
        assertThat(bench.result(command).error().orElseThrow().category()).isEqualTo(Category.PAYLOAD_TOO_LARGE);
    }

    @Test
    void makesAChangeThoughWhatWasThereBeforeIsTooMuchForTheLedger() {
        IntStream.range(0, 40_000).forEach(i -> bench.host.names.add("there" + i));
        Command command = bench.command("add", "x");
        bench.send(command);

        assertThat(bench.result(command).state()).isEqualTo(State.SUCCEEDED);
        assertThat(bench.host.names).contains("x");
    }

    @Test
    void refusesADryRunWithoutATraceInTheLedger() {
        Command command = bench.command(
                "add", Set.of("operator", "superuser"), true, Instant.now().plusSeconds(60), "a");
        bench.send(command);
        bench.send(command);

        assertThat(bench.results(command, 2)).hasSize(2);
    }

    @Test
    void setsAsideAnotherCommandUnderAnIdThatWasUsed() {
        Command command = bench.command("append", "one");
        bench.send(command);
        bench.result(command);
        Command other = bench.command("append", "two");
        Command forged = new Command(
                command.id(),
                "gateway",
                other.tool(),
                other.action(),
                other.arguments(),
                other.target(),
                other.caller(),
                other.roles(),
                other.reason(),
                other.idempotencyKey(),
                false,
                other.createdAt(),
                other.deadline(),
                Optional.empty());
        bench.send(forged);

        assertThat(bench.deadLetter(letter -> true).failure().category()).isEqualTo(Category.CONFLICT);
        assertThat(bench.host.names).containsExactly("one");
    }

    @Test
    void setsAsideWhatNobodyItBelievesHasSigned() {
        bench.send(bench.command("add", "evil"), SigningKey.generate("gateway"));

        Failure failure = bench.deadLetter(letter -> true).failure();

        assertThat(failure.category()).isEqualTo(Category.BAD_SIGNATURE);
        assertThat(bench.host.commands()).isEmpty();
    }

    @Test
    void setsAsideACommandWhoseKeyDisagreesWithItsTarget() {
        Command command = bench.command("add", "evil");
        byte[] value = Json.bytes(command);
        String signature = bench.gateway.sign(Topics.commands(bench.domain), value);
        bench.send(command.id(), EventType.COMMAND, value, "gateway", signature, "otherhost");

        assertThat(bench.deadLetter(letter -> true).failure().message()).contains("disagrees");
        assertThat(bench.host.commands()).isEmpty();
    }

    @Test
    void setsAsideASignatureThatWasMadeForAnotherTopic() {
        Command command = bench.command("add", "evil");
        byte[] value = Json.bytes(command);
        String elsewhere = bench.gateway.sign("infra.commands.other", value);
        bench.send(command.id(), EventType.COMMAND, value, "gateway", elsewhere, "localhost");

        assertThat(bench.deadLetter(letter -> true).failure().category()).isEqualTo(Category.BAD_SIGNATURE);
    }

    @Test
    void setsAsideWhatIsNotACommandAndGoesOn() {
        bench.send("x", EventType.COMMAND, "{\"id\":".getBytes(java.nio.charset.StandardCharsets.UTF_8), bench.gateway);
        Command next = bench.command("add", "fine");
        bench.send(next);

        assertThat(bench.result(next).state()).isEqualTo(State.SUCCEEDED);
        assertThat(bench.deadLetter(letter -> true).failure().category()).isEqualTo(Category.INVALID_REQUEST);
    }

    @Test
    void refusesAChangeByAReader() {
        Command command =
                bench.command("add", Set.of("reader"), false, Instant.now().plusSeconds(60), "nginx");
        bench.send(command);

        Operation result = bench.result(command);

        assertThat(result.state()).isEqualTo(State.REJECTED);
        assertThat(result.error().orElseThrow().category()).isEqualTo(Category.FORBIDDEN);
        assertThat(result.error().orElseThrow().hint()).contains("operator");
        assertThat(bench.host.commands()).isEmpty();
    }

    @Test
    void refusesRolesThatTheIssuerMayNotAssert() {
        Command command = bench.command(
                "add", Set.of("operator", "superuser"), false, Instant.now().plusSeconds(60), "a");
        bench.send(command);

        assertThat(bench.result(command).error().orElseThrow().category()).isEqualTo(Category.FORBIDDEN);
    }

    @Test
    void refusesArgumentsThatTheOperationDoesNotTake() {
        Command command = bench.command("add", "--force");
        bench.send(command);

        Operation result = bench.result(command);

        assertThat(result.state()).isEqualTo(State.REJECTED);
        assertThat(result.error().orElseThrow().category()).isEqualTo(Category.INVALID_ARGUMENT);
    }

    @Test
    void refusesAnActionThatItDoesNotHave() {
        Command command = bench.command("remove", "a");
        bench.send(command);

        assertThat(bench.result(command).error().orElseThrow().category()).isEqualTo(Category.UNKNOWN_ACTION);
    }

    @Test
    void runsNothingAfterTheDeadline() {
        Command command =
                bench.command("add", Set.of("admin"), false, Instant.now().minusSeconds(5), "late");
        bench.send(command);

        assertThat(bench.result(command).state()).isEqualTo(State.TIMED_OUT);
        assertThat(bench.host.commands()).isEmpty();
    }

    @Test
    void changesNothingInADryRun() {
        Command command =
                bench.command("add", Set.of("operator"), true, Instant.now().plusSeconds(60), "nginx");
        bench.send(command);

        Operation result = bench.result(command);

        assertThat(result.steps())
                .extracting(StepReport::undo)
                .containsExactly(
                        List.of(List.of("rmdir", "--", "/run/infrabridge/running/" + command.id())),
                        List.of(List.of("drop", "nginx")));
        assertThat(bench.host.names).isEmpty();
    }

    @Test
    void makesTheChangesOfATargetInTheOrderTheyCame() {
        List<Command> commands = IntStream.range(0, 40)
                .mapToObj(number -> bench.command("append", "n" + number))
                .toList();
        commands.forEach(bench::send);
        commands.forEach(bench::result);

        assertThat(bench.host.commands().stream().filter(command -> command.startsWith("add")))
                .containsExactlyElementsOf(commands.stream()
                        .map(command ->
                                "add " + command.arguments().at("/names/0").asText())
                        .toList());
    }

    @Test
    void cancelsWhatIsQueuedBehindARunningChange() throws InterruptedException {
        CountDownLatch running = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        bench.host.answering(
                "add slow",
                () -> Uni.createFrom()
                        .emitter(emitter -> new Thread(() -> {
                                    running.countDown();
                                    try {
                                        release.await();
                                    } catch (InterruptedException e) {
                                        Thread.currentThread().interrupt();
                                    }
                                    bench.host.names.add("slow");
                                    emitter.complete(Output.of(""));
                                })
                                .start()));
        Command slow = bench.command("add", "slow");
        Command queued = bench.command("add", "queued");
        bench.send(slow);
        bench.send(queued);
        assertThat(running.await(30, TimeUnit.SECONDS)).isTrue();
        bench.send(new Cancel(
                UUID.randomUUID().toString(),
                "gateway",
                queued.id(),
                "gateway",
                "localhost",
                "key:test",
                Set.of("operator"),
                Optional.empty(),
                Instant.now()));
        // a read after the cancel shows that the cancel was processed
        Command marker =
                bench.command("add", Set.of("operator"), true, Instant.now().plusSeconds(60), "marker");
        bench.send(marker);
        bench.result(marker);
        release.countDown();

        assertThat(bench.result(slow).state()).isEqualTo(State.SUCCEEDED);
        assertThat(bench.result(queued).state()).isEqualTo(State.CANCELLED);
        assertThat(bench.host.names).containsExactly("slow");
    }

    @Test
    void tellsWhenATargetBecomesUnreachable() {
        FakeHost host = bench.host.unreachable();
        Command command = bench.command("add", "a");
        bench.send(command);

        assertThat(bench.result(command).error().orElseThrow().category()).isEqualTo(Category.HOST_UNREACHABLE);
        HealthEvent event = bench
                .records(
                        Topics.HEALTH,
                        record -> Json.read(record.value(), HealthEvent.class)
                                .worker()
                                .startsWith(bench.domain.name()),
                        1)
                .stream()
                .map(record -> Json.read(record.value(), HealthEvent.class))
                .findFirst()
                .orElseThrow();
        assertThat(event.status()).isEqualTo(HealthEvent.Status.FAILED);
        assertThat(host.commands()).isEmpty();
    }

    private static String header(ConsumerRecord<String, byte[]> record, String name) {
        return new String(record.headers().lastHeader(name).value(), java.nio.charset.StandardCharsets.UTF_8);
    }
}
