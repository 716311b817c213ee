package io.infrabridge.gateway.rest;

import static org.assertj.core.api.Assertions.assertThat;

import io.infrabridge.contract.ApprovalDecision;
import io.infrabridge.contract.ApprovalDecision.Kind;
import io.infrabridge.contract.ApprovalDecision.Verdict;
import io.infrabridge.contract.Category;
import io.infrabridge.contract.Command;
import io.infrabridge.contract.Failure;
import io.infrabridge.contract.Json;
import io.infrabridge.contract.State;
import io.infrabridge.gateway.fixture.Caller;
import io.infrabridge.gateway.fixture.Caller.Answer;
import io.infrabridge.gateway.fixture.FakeWorker;
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
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.StreamSupport;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The operator asks for changes that one administrator has to approve. */
@QuarkusTest
@QuarkusTestResource(BrokerResource.class)
@QuarkusTestResource(GatewayFiles.class)
class ApprovalTest {
    private static final String MOUNT = """
            {"tool":"nfs_mount","arguments":{"action":"mount","source":"nas.example.com:/export/data",
             "target":"/mnt/nfs/data","remote_target":"app-server-01.example.com"}}
            """;
    private static final String APPROVE =
            "{\"decision\":\"approve\",\"plan_hash\":\"" + FakeWorker.PLAN_HASH + "\",\"comment\":\"go ahead\"}";

    @TestHTTPResource("/")
    URL url;

    private World world;

    @BeforeEach
    void settle() throws Exception {
        world = new World(url);
        world.settle();
        world.nfs.behave(world.nfs::park);
    }

    @AfterEach
    void close() throws Exception {
        world.close();
    }

    @Test
    void answersAtOnceThatAChangeWaitsAndShowsItsPlan() throws Exception {
        Instant asked = Instant.now();

        Answer answer = world.operator.post("/api/v1/operations", MOUNT, "Prefer", "wait=55");

        assertThat(answer.status()).isEqualTo(202);
        assertThat(Duration.between(asked, Instant.now())).isLessThan(Duration.ofSeconds(50));
        assertThat(answer.header("Location")).contains("/api/v1/operations/" + answer.text("/id"));
        assertThat(answer.text("/state")).isEqualTo("AWAITING_APPROVAL");
        assertThat(answer.text("/steps/0/command/0")).isEqualTo("mount");
        assertThat(answer.text("/steps/0/undo/0/0")).isEqualTo("umount");
        assertThat(answer.text("/steps/0/sudo")).isEqualTo("only root may mount");
        assertThat(answer.text("/approval/plan_hash")).isEqualTo(FakeWorker.PLAN_HASH);
        assertThat(answer.text("/approval/roles/0")).isEqualTo("admin");
        assertThat(answer.json().at("/approval/other_person").asBoolean()).isTrue();
        assertThat(answer.text("/approval/expires_at")).isNotEmpty();
    }

    @Test
    void showsWhatWaitsToApproversOneByOneAndAsAList() throws Exception {
        String id = waiting();

        Answer one = world.admin.get("/api/v1/operations/" + id);
        Answer all = world.admin.get("/api/v1/operations?state=AWAITING_APPROVAL");

        assertThat(one.text("/approval/plan_hash")).isEqualTo(FakeWorker.PLAN_HASH);
        assertThat(StreamSupport.stream(all.json().path("operations").spliterator(), false)
                        .map(operation -> operation.path("id").asText()))
                .contains(id);
    }

    @Test
    void publishesASignedDecisionUnderTheTargetAndSaysWhatTheWorkerMadeOfIt() throws Exception {
        String id = waiting();
        Command command = Json.read(world.nfs.nextCommand().value(), Command.class);
        world.nfs.ruleOn(decision -> {
            world.nfs.publish(world.nfs.ended(command, State.SUCCEEDED));
            world.nfs.tell(world.nfs.ended(command, State.SUCCEEDED));
            world.nfs.answer(decision, State.RUNNING, Optional.empty());
        });

        Answer answer = decide(world.admin, id, APPROVE);

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.text("/state")).isEqualTo("SUCCEEDED");
        ConsumerRecord<String, byte[]> record = world.nfs.nextDecision();
        ApprovalDecision decision = Json.read(record.value(), ApprovalDecision.class);
        assertThat(record.key()).isEqualTo("app-server-01");
        assertThat(header(record, "ce_id")).isEqualTo(decision.id());
        assertThat(TrustStore.read(world.file("trust.yaml"))
                        .verify(record.topic(), record.value(), header(record, "keyid"), header(record, "signature")))
                .isInstanceOf(Verification.Signed.class);
        assertThat(decision.operationId()).isEqualTo(id);
        assertThat(decision.operationIssuer()).isEqualTo("gateway");
        assertThat(decision.decision()).isEqualTo(Verdict.APPROVE);
        assertThat(decision.kind()).isEqualTo(Kind.DECISION);
        assertThat(decision.planHash()).isEqualTo(FakeWorker.PLAN_HASH);
        assertThat(decision.caller()).isEqualTo("key:admin");
        assertThat(decision.roles()).containsExactly("admin");
        assertThat(decision.comment()).contains("go ahead");
    }

    @Test
    void endsAnOperationThatIsDenied() throws Exception {
        String id = waiting();
        Command command = Json.read(world.nfs.nextCommand().value(), Command.class);
        world.nfs.ruleOn(decision -> {
            world.nfs.tell(world.nfs.ended(command, State.REJECTED));
            world.nfs.answer(decision, State.REJECTED, Optional.empty());
        });

        Answer answer = decide(world.admin, id, APPROVE.replace("approve", "deny"));

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.text("/state")).isEqualTo("REJECTED");
        assertThat(Json.read(world.nfs.nextDecision().value(), ApprovalDecision.class)
                        .decision())
                .isEqualTo(Verdict.DENY);
    }

    @Test
    void saysWhyTheWorkerDoesNotCountADecision() throws Exception {
        String id = waiting();
        world.nfs.ruleOn(decision -> world.nfs.answer(
                decision,
                State.AWAITING_APPROVAL,
                Optional.of(
                        Failure.of(Category.FORBIDDEN, "Nobody approves his own operation here.", "Ask another."))));

        Answer answer = decide(world.operator, id, APPROVE);

        assertThat(answer.status()).isEqualTo(403);
        assertThat(answer.text("/detail")).contains("his own operation");
        assertThat(world.operator.get("/api/v1/operations/" + id).text("/state"))
                .isEqualTo("AWAITING_APPROVAL");
    }

    @Test
    void wantsToKnowWhichPlanIsDecidedOn() throws Exception {
        String id = waiting();

        Answer without = decide(world.admin, id, "{\"decision\":\"approve\"}");
        Answer other = decide(world.admin, id, APPROVE.replace('5', '6'));

        assertThat(without.status()).isEqualTo(400);
        assertThat(without.text("/hint")).contains(FakeWorker.PLAN_HASH);
        assertThat(without.text("/errors/0/property")).isEqualTo("/plan_hash");
        assertThat(other.status()).isEqualTo(409);
        assertThat(world.nfs.decisionsSeen()).isZero();
    }

    @Test
    void refusesWhatIsNoDecision() throws Exception {
        String id = waiting();

        assertThat(decide(world.admin, id, "{}").status()).isEqualTo(400);
        assertThat(decide(world.admin, id, "").status()).isEqualTo(400);
        assertThat(decide(world.admin, id, "[1]").status()).isEqualTo(400);
        assertThat(decide(world.admin, id, APPROVE.replace("approve", "yes")).text("/category"))
                .isEqualTo("INVALID_REQUEST");
        assertThat(decide(world.admin, id, APPROVE.replace("comment", "coment")).text("/category"))
                .isEqualTo("UNKNOWN_PROPERTY");
        assertThat(decide(world.admin, id, APPROVE.replace("\"go ahead\"", "7")).status())
                .isEqualTo(400);
        assertThat(decide(world.admin, "nobody", APPROVE).status()).isIn(404, 503);
        assertThat(world.nfs.decisionsSeen()).isZero();
    }

    @Test
    void saysThatTheDecisionIsOnItsWayWhereTheWorkerDoesNotAnswer() throws Exception {
        String id = waiting();

        Answer answer = decide(world.admin, id, APPROVE);

        assertThat(answer.status()).isEqualTo(202);
        assertThat(answer.text("/state")).isEqualTo("AWAITING_APPROVAL");
        assertThat(answer.text("/error/category")).isEqualTo("WORKER_UNAVAILABLE");
    }

    @Test
    void answersARepeatedRequestAtOnceToo() throws Exception {
        String key = "key-" + UUID.randomUUID();
        Answer first = world.operator.post("/api/v1/operations", MOUNT, "Idempotency-Key", key);
        Instant asked = Instant.now();

        Answer again = world.operator.post("/api/v1/operations", MOUNT, "Idempotency-Key", key, "Prefer", "wait=55");

        assertThat(again.text("/id")).isEqualTo(first.text("/id"));
        assertThat(again.text("/state")).isEqualTo("AWAITING_APPROVAL");
        assertThat(Duration.between(asked, Instant.now())).isLessThan(Duration.ofSeconds(50));
    }

    @Test
    void goesOnShowingThePlanUntilTheWorkerCancels() throws Exception {
        String id = waiting();

        Answer cancelled = world.operator.post("/api/v1/operations/" + id + "/cancel", "");

        assertThat(cancelled.status()).isEqualTo(202);
        assertThat(world.nfs.nextCancel().operationId()).isEqualTo(id);
        assertThat(world.admin.get("/api/v1/operations/" + id).text("/approval/plan_hash"))
                .isEqualTo(FakeWorker.PLAN_HASH);
        assertThat(world.admin.get("/api/v1/operations/" + id).text("/state")).isEqualTo("AWAITING_APPROVAL");
    }

    @Test
    void letsOperationsOfOtherServicesBeDecidedOn() throws Exception {
        Command foreign = foreign();
        world.nfs.park(foreign);
        World.until(
                "it is known",
                () -> world.admin.get("/api/v1/operations/" + foreign.id()).status() == 200);
        world.nfs.ruleOn(decision -> world.nfs.answer(decision, State.AWAITING_APPROVAL, Optional.empty()));

        assertThat(decide(world.admin, foreign.id(), APPROVE).status()).isEqualTo(202);
        assertThat(Json.read(world.nfs.nextDecision().value(), ApprovalDecision.class)
                        .operationIssuer())
                .isEqualTo("ops-console");
    }

    @Test
    void believesOnlyTheWorkerOfTheToolsDomain() throws Exception {
        Command command = foreign();
        Command marker = foreign();
        world.nfs.park(command, world.strangersKey());
        world.nfs.park(command, world.keyOf("cluster-worker"));
        world.nfs.park(marker);
        World.until(
                "what came after it is known",
                () -> world.admin.get("/api/v1/operations/" + marker.id()).status() == 200);

        String waiting = world.admin
                .get("/api/v1/operations?state=AWAITING_APPROVAL&limit=500")
                .response()
                .body();
        assertThat(waiting).contains(marker.id()).doesNotContain(command.id());
    }

    private String waiting() throws Exception {
        Answer answer = world.operator.post("/api/v1/operations", MOUNT);
        assertThat(answer.text("/state")).isEqualTo("AWAITING_APPROVAL");
        return answer.text("/id");
    }

    private static Answer decide(Caller approver, String id, String body) throws Exception {
        return approver.post("/api/v1/operations/" + id + "/approval", body);
    }

    private static Command foreign() {
        Instant now = Instant.now();
        return new Command(
                UUID.randomUUID().toString(),
                "ops-console",
                "nfs_mount",
                "mount",
                Json.object(),
                "app-server-01",
                "ops:alice",
                Set.of("operator"),
                Optional.empty(),
                Optional.empty(),
                false,
                now,
                now.plusSeconds(60),
                Optional.empty());
    }

    private static String header(ConsumerRecord<String, byte[]> record, String name) {
        return new String(record.headers().lastHeader(name).value(), StandardCharsets.UTF_8);
    }
}
