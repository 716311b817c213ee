package io.infrabridge.gateway.rest;

import static org.assertj.core.api.Assertions.assertThat;

import io.infrabridge.contract.Category;
import io.infrabridge.contract.Command;
import io.infrabridge.contract.Failure;
import io.infrabridge.contract.Json;
import io.infrabridge.contract.Operation;
import io.infrabridge.contract.PolicyVerdict;
import io.infrabridge.contract.State;
import io.infrabridge.gateway.fixture.Caller.Answer;
import io.infrabridge.gateway.fixture.FakeAudit;
import io.infrabridge.gateway.fixture.GatewayFiles;
import io.infrabridge.gateway.fixture.World;
import io.infrabridge.testkit.BrokerResource;
import io.infrabridge.trust.signature.TrustStore;
import io.infrabridge.trust.signature.Verification;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(BrokerResource.class)
@QuarkusTestResource(GatewayFiles.class)
class OperationsTest {
    private static final String MOUNT = """
            {"tool":"nfs_mount","reason":"for the test","arguments":{"action":"mount",
             "source":"nas.example.com:/export/data","target":"/mnt/nfs/data","version":"4.1",
             "remote_target":"app-server-01.example.com"}}
            """;
    private static final String LIST = "{\"tool\":\"nfs_mount\",\"arguments\":{\"action\":\"list\"}}";

    @TestHTTPResource("/")
    URL url;

    private World world;

    @BeforeEach
    void settle() throws Exception {
        world = new World(url);
        world.settle();
    }

    @AfterEach
    void close() throws Exception {
        world.close();
    }

    @Test
    void returnsTheEndedOperationWithinTheWait() throws Exception {
        Answer answer = world.operator.post("/api/v1/operations", MOUNT);

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.text("/state")).isEqualTo("SUCCEEDED");
        assertThat(answer.text("/target")).isEqualTo("app-server-01");
        assertThat(answer.text("/caller")).isEqualTo("key:operator");
        assertThat(answer.text("/reason")).isEqualTo("for the test");
    }

    @Test
    void saysTooManyRequestsAndWhenToComeAgainWhereTheWorkerHadNoRoom() throws Exception {
        world.nfs.behave(command -> world.nfs.publish(Operation.accepted(command, Optional.empty())
                .under(new PolicyVerdict(
                        "limit:mounts",
                        "4be1c0a7d2f9",
                        Optional.empty(),
                        Optional.empty(),
                        Optional.of(Instant.now().plusSeconds(3000))))
                .ended(
                        State.REJECTED,
                        Failure.of(Category.RATE_LIMITED, "The rule limit:mounts is used up.", "Ask again later."),
                        Instant.now())));

        Answer answer = world.operator.post("/api/v1/operations", MOUNT);

        assertThat(answer.status()).isEqualTo(429);
        assertThat(answer.text("/category")).isEqualTo("RATE_LIMITED");
        assertThat(Integer.parseInt(answer.header("Retry-After").orElseThrow())).isBetween(2900, 3000);
        assertThat(world.operator
                        .get("/api/v1/operations/" + answer.text("/operation_id"))
                        .text("/policy/rule"))
                .isEqualTo("limit:mounts");
        world.nfs.behaveAsUsual();
    }

    @Test
    void publishesOneSignedCommandUnderItsTargetWithTheCallersTrace() throws Exception {
        String trace = "4bf92f3577b34da6a3ce929d0e0e4736";

        world.operator.post("/api/v1/operations", MOUNT, "traceparent", "00-" + trace + "-00f067aa0ba902b7-01");

        ConsumerRecord<String, byte[]> record = world.nfs.nextCommand();
        Command command = Json.read(record.value(), Command.class);
        assertThat(record.key()).isEqualTo("app-server-01");
        assertThat(header(record, "ce_id")).isEqualTo(command.id());
        assertThat(header(record, "ce_source")).isEqualTo("/gateway");
        assertThat(record.headers().headers("traceparent")).hasSize(1);
        assertThat(header(record, "traceparent")).contains(trace).doesNotContain("00f067aa0ba902b7");
        assertThat(TrustStore.read(world.file("trust.yaml"))
                        .verify(record.topic(), record.value(), header(record, "keyid"), header(record, "signature")))
                .isInstanceOfSatisfying(
                        Verification.Signed.class,
                        signed -> assertThat(signed.key().service()).isEqualTo("gateway"));
        assertThat(command.deadline()).isEqualTo(command.createdAt().plusSeconds(5));
        assertThat(command.roles()).containsExactly("operator");
    }

    @Test
    void answersAcceptedWhenTheWaitIsOverAndTheEndLater() throws Exception {
        world.nfs.behave(command -> {});

        Answer accepted = world.operator.post("/api/v1/operations", MOUNT, "Prefer", "wait=0");

        assertThat(accepted.status()).isEqualTo(202);
        assertThat(accepted.text("/state")).isEqualTo("ACCEPTED");
        String location = accepted.header("Location").orElseThrow();
        assertThat(location).isEqualTo("/api/v1/operations/" + accepted.text("/id"));
        assertThat(world.reader.get(location).text("/state")).isEqualTo("ACCEPTED");

        world.nfs.succeed(Json.read(world.nfs.nextCommand().value(), Command.class));
        World.until(
                "the operation has ended",
                () -> world.reader.get(location).text("/state").equals("SUCCEEDED"));
    }

    @Test
    void streamsStateProgressAndEndAndCloses() throws Exception {
        world.nfs.behave(command -> {});
        String id = world.operator
                .post("/api/v1/operations", MOUNT, "Prefer", "wait=0")
                .text("/id");
        Command command = Json.read(world.nfs.nextCommand().value(), Command.class);

        CompletableFuture<List<String>> lines = CompletableFuture.supplyAsync(() -> {
            try {
                return world.reader
                        .lines("/api/v1/operations/" + id + "/events")
                        .peek(line -> {
                            if (line.contains("ACCEPTED")) {
                                world.nfs.progress(command, 1, 2);
                            } else if (line.contains("step 1")) {
                                world.nfs.succeed(command);
                            }
                        })
                        .toList();
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        });

        assertThat(lines.get(30, TimeUnit.SECONDS).stream().filter(line -> line.startsWith("event")))
                .extracting(line -> line.substring(6).strip())
                .containsExactly("operation", "progress", "operation");
        assertThat(String.join("\n", lines.get())).contains("SUCCEEDED");
    }

    @Test
    void saysAFailureOfTheWorkerWithStatus200() throws Exception {
        world.nfs.behave(command -> world.nfs.publish(world.nfs.ended(command, State.FAILED)));

        Answer answer = world.operator.post("/api/v1/operations", MOUNT);

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.text("/state")).isEqualTo("FAILED");
        assertThat(answer.text("/error/category")).isEqualTo("COMMAND_FAILED");
    }

    @Test
    void ignoresAResultThatAnotherDomainOrAStrangerSigned() throws Exception {
        world.nfs.behave(command -> {
            world.nfs.publish(world.nfs.ended(command, State.FAILED), world.strangersKey());
            world.nfs.publish(world.nfs.ended(command, State.FAILED), world.keyOf("cluster-worker"));
            world.nfs.succeed(command);
        });

        assertThat(world.operator.post("/api/v1/operations", MOUNT).text("/state"))
                .isEqualTo("SUCCEEDED");
    }

    @Test
    void publishesACancellationUnderTheOperationsTarget() throws Exception {
        world.nfs.behave(command -> {});
        String id = world.operator
                .post("/api/v1/operations", MOUNT, "Prefer", "wait=0")
                .text("/id");

        Answer answer = world.operator.post("/api/v1/operations/" + id + "/cancel", "{\"reason\":\"changed my mind\"}");

        assertThat(answer.status()).isEqualTo(202);
        assertThat(answer.text("/state")).isEqualTo("CANCELLING");
        assertThat(world.nfs.nextCancel()).satisfies(cancel -> {
            assertThat(cancel.operationId()).isEqualTo(id);
            assertThat(cancel.target()).isEqualTo("app-server-01");
            assertThat(cancel.caller()).isEqualTo("key:operator");
            assertThat(cancel.reason()).contains("changed my mind");
        });
    }

    @Test
    void refusesToCancelOrApproveWhatHasEnded() throws Exception {
        String id = world.operator.post("/api/v1/operations", MOUNT).text("/id");

        Answer cancelled = world.operator.post("/api/v1/operations/" + id + "/cancel", "");
        Answer approved = world.operator.post("/api/v1/operations/" + id + "/approval", "{\"decision\":\"approve\"}");

        assertThat(cancelled.status()).isEqualTo(409);
        assertThat(approved.status()).isEqualTo(409);
        assertThat(approved.text("/detail")).contains("does not await approval");
    }

    @Test
    void refusesACancellationByOneWhoMayNotDoTheAction() throws Exception {
        world.nfs.behave(command -> {});
        String id = world.operator
                .post("/api/v1/operations", MOUNT, "Prefer", "wait=0")
                .text("/id");

        assertThat(world.reader.post("/api/v1/operations/" + id + "/cancel", "").status())
                .isEqualTo(403);
    }

    @Test
    void returnsTheSameOperationForTheSameIdempotencyKeyAndPublishesOnce() throws Exception {
        String key = "key-" + System.nanoTime();

        Answer first = world.operator.post("/api/v1/operations", MOUNT, "Idempotency-Key", key);
        Answer second = world.operator.post("/api/v1/operations", MOUNT, "Idempotency-Key", key);

        assertThat(second.status()).isEqualTo(200);
        assertThat(second.text("/id")).isEqualTo(first.text("/id"));
        world.operator.post("/api/v1/operations", LIST);
        world.nfs.nextCommand();
        assertThat(Json.read(world.nfs.nextCommand().value(), Command.class).action())
                .isEqualTo("list");
    }

    @Test
    void refusesAnotherRequestUnderTheSameIdempotencyKey() throws Exception {
        String key = "key-" + System.nanoTime();
        world.operator.post("/api/v1/operations", MOUNT, "Idempotency-Key", key);

        Answer other = world.operator.post("/api/v1/operations", LIST, "Idempotency-Key", key);

        assertThat(other.status()).isEqualTo(409);
        assertThat(other.text("/category")).isEqualTo("CONFLICT");
    }

    @Test
    void listsRecentOperationsNewestFirstByPages() throws Exception {
        String older = world.operator.post("/api/v1/operations", MOUNT).text("/id");
        String newer = world.operator.post("/api/v1/operations", MOUNT).text("/id");

        Answer page = world.reader.get("/api/v1/operations?tool=nfs_mount&state=SUCCEEDED&limit=1");
        Answer next = world.reader.get(
                "/api/v1/operations?tool=nfs_mount&state=SUCCEEDED&limit=1&cursor=" + page.text("/next_cursor"));

        assertThat(page.text("/operations/0/id")).isEqualTo(newer);
        assertThat(next.text("/operations/0/id")).isEqualTo(older);
    }

    @Test
    void keepsTheCallersTraceInTheOperation() throws Exception {
        world.nfs.behave(command -> {});
        String trace = "0af7651916cd43dd8448eb211c80319c";

        Answer answer = world.operator.post(
                "/api/v1/operations", MOUNT, "Prefer", "wait=0", "traceparent", "00-" + trace + "-b7ad6b7169203331-01");

        assertThat(answer.text("/trace_id")).isEqualTo(trace);
    }

    @Test
    void saysThatTheWorkerIsGoneWhenTheDeadlineHasPassed() throws Exception {
        world.nfs.behave(command -> world.nfs.silence());

        Answer answer = world.operator.post(
                "/api/v1/operations", MOUNT.replace("\"reason\"", "\"timeout_seconds\":12,\"reason\""));

        assertThat(answer.status()).isEqualTo(202);
        assertThat(answer.text("/state")).isEqualTo("ACCEPTED");
        assertThat(answer.text("/error/category")).isEqualTo("WORKER_UNAVAILABLE");
        assertThat(answer.text("/error/hint")).isNotBlank();

        Answer next = world.operator.post("/api/v1/operations", MOUNT);
        assertThat(next.status()).isEqualTo(503);
        assertThat(next.text("/category")).isEqualTo("WORKER_UNAVAILABLE");
        assertThat(next.header("Retry-After")).isPresent();
    }

    @Test
    void asksTheAuditForTheEndOfWhatIsPastItsDeadline() throws Exception {
        world.nfs.behave(command -> {});
        String id = world.operator
                .post(
                        "/api/v1/operations",
                        MOUNT.replace("\"reason\"", "\"timeout_seconds\":1,\"reason\""),
                        "Prefer",
                        "wait=0")
                .text("/id");
        Command command = Json.read(world.nfs.nextCommand().value(), Command.class);
        try (FakeAudit audit = world.audit()) {
            audit.knows(world.nfs.ended(command, State.SUCCEEDED));

            World.until(
                    "the end that was missed is known",
                    () -> world.reader
                            .get("/api/v1/operations/" + id)
                            .text("/state")
                            .equals("SUCCEEDED"));
        }
    }

    private static String header(ConsumerRecord<String, byte[]> record, String name) {
        return new String(record.headers().lastHeader(name).value(), StandardCharsets.UTF_8);
    }
}
