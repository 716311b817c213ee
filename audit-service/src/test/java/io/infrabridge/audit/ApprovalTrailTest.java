package io.infrabridge.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.infrabridge.contract.Approval;
import io.infrabridge.contract.ApprovalAnswered;
import io.infrabridge.contract.ApprovalDecision;
import io.infrabridge.contract.ApprovalDecision.Kind;
import io.infrabridge.contract.ApprovalDecision.Verdict;
import io.infrabridge.contract.Command;
import io.infrabridge.contract.Domain;
import io.infrabridge.contract.EventType;
import io.infrabridge.contract.Operation;
import io.infrabridge.contract.State;
import io.infrabridge.contract.Topics;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(AuditServers.class)
class ApprovalTrailTest {
    private static final String COMMANDS = Topics.commands(Domain.of("nfs"));
    private static final String UNVERIFIED = "io.infrabridge.audit.unverified.v1";
    private static final String PLAN = "5".repeat(64);
    private static final Instant AT = Instant.parse("2026-03-01T10:00:05Z");

    private final String id = Samples.id();
    private final Command command = Samples.mount(id, "host-" + id);
    private final ApprovalDecision decision = new ApprovalDecision(
            "decision-" + id,
            "gateway",
            id,
            "gateway",
            command.target(),
            PLAN,
            Verdict.APPROVE,
            Kind.DECISION,
            "key:bob",
            Set.of("admin"),
            Optional.of("as planned"),
            AT);

    @Test
    void tellsWhoApprovedWhichPlanWhenAndWhatTheWorkerMadeOfIt() {
        Sender.GATEWAY.send(COMMANDS, EventType.COMMAND, id, command.target(), command);
        tell(Sender.NFS_WORKER);
        Sender.GATEWAY.send(COMMANDS, EventType.APPROVAL_DECISION, decision.id(), command.target(), decision);
        Sender.NFS_WORKER.send(Topics.APPROVALS, EventType.APPROVAL_ANSWERED, "answer-" + id, id, answer());
        Audit.awaitRecords(4, "operation_id", id);

        Map<String, Object> waiting =
                Audit.records("operation_id", id, "state", "AWAITING_APPROVAL").get(0);
        assertThat(waiting)
                .containsEntry("type", EventType.APPROVAL_REQUESTED.type())
                .containsEntry("caller", "alice@example.org")
                .containsEntry("signer", "nfs-worker-1");

        JsonPath decided = Audit.get("/api/v1/audit", "operation_id", id, "type", EventType.APPROVAL_DECISION.type())
                .jsonPath()
                .setRootPath("records[0]");
        assertThat(decided.getString("caller")).isEqualTo("key:bob");
        assertThat(decided.getList("roles")).containsExactly("admin");
        assertThat(decided.getString("signer")).isEqualTo("gateway-1");
        assertThat(decided.getString("payload.plan_hash")).isEqualTo(PLAN);
        assertThat(decided.getString("payload.decision")).isEqualTo("approve");
        assertThat(decided.getString("payload.comment")).isEqualTo("as planned");
        assertThat(decided.getString("payload.created_at")).isEqualTo(AT.toString());

        assertThat(Audit.records("operation_id", id, "caller", "key:bob", "type", EventType.APPROVAL_ANSWERED.type()))
                .singleElement()
                .satisfies(answered -> assertThat(answered).containsEntry("state", "RUNNING"));
    }

    @Test
    void believesNoDecisionOfAWorkerAndNoWaitingOperationOfAnIssuer() {
        Sender.NFS_WORKER.send(COMMANDS, EventType.APPROVAL_DECISION, decision.id(), command.target(), decision);
        tell(Sender.GATEWAY);
        tell(Sender.UNSIGNED);

        assertThat(Audit.awaitRecords(3, "operation_id", id))
                .allSatisfy(record -> assertThat(record).containsEntry("type", UNVERIFIED));
    }

    private void tell(Sender sender) {
        Operation waiting = Samples.mounted(command, State.SUCCEEDED);
        Operation parked = Operation.accepted(command, Optional.empty())
                .in(State.AWAITING_APPROVAL)
                .approved(
                        waiting.steps(),
                        new Approval(
                                PLAN, "approval:test", 1, Set.of("admin"), true, List.of(), AT, AT.plusSeconds(60)));
        sender.send(Topics.APPROVALS, EventType.APPROVAL_REQUESTED, "waiting-" + id, id, parked);
    }

    private ApprovalAnswered answer() {
        return new ApprovalAnswered(
                decision.id(),
                id,
                "gateway",
                command.target(),
                decision.caller(),
                Optional.of(State.RUNNING),
                Optional.empty(),
                "nfs-worker-0",
                AT.plusSeconds(1));
    }
}
