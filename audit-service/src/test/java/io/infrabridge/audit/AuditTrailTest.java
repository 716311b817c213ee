package io.infrabridge.audit;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.infrabridge.contract.Command;
import io.infrabridge.contract.Domain;
import io.infrabridge.contract.EventType;
import io.infrabridge.contract.Json;
import io.infrabridge.contract.State;
import io.infrabridge.contract.Topics;
import io.infrabridge.testkit.TestBroker;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.CooperativeStickyAssignor;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(AuditServers.class)
class AuditTrailTest {
    private static final String COMMANDS = Topics.commands(Domain.of("nfs"));
    private static final String UNREADABLE = "io.infrabridge.audit.unreadable.v1";
    private static final String UNVERIFIED = "io.infrabridge.audit.unverified.v1";

    private final String id = Samples.id();
    private final String host = "host-" + id;
    private final Command command = Samples.mount(id, host);

    @Test
    void answersWhoDidWhatWhereWithArgvExitCodesDurationsAndOutcome() {
        sendCommand();
        sendResult(Sender.NFS_WORKER, State.SUCCEEDED);
        Audit.awaitRecords(2, "operation_id", id);

        JsonPath answer = Audit.get("/api/v1/audit", "operation_id", id, "type", "result")
                .jsonPath()
                .setRootPath("records[0]");

        assertThat(answer.<Map<String, Object>>get())
                .containsEntry("caller", "alice@example.org")
                .containsEntry("tool", "nfs_mount")
                .containsEntry("action", "mount")
                .containsEntry("target", host)
                .containsEntry("state", "SUCCEEDED")
                .containsEntry("reason", "the home folders moved")
                .containsEntry("trace_id", Samples.TRACE_ID)
                .containsEntry("signer", "nfs-worker-1")
                .containsEntry("event_id", "result-" + id);
        assertThat(answer.<List<String>>get("payload.steps[0].command"))
                .containsExactly("mount", "-t", "nfs", "nas1:/export/home", "/mnt/home");
        assertThat(answer.getInt("payload.steps[0].exit_code")).isZero();
        assertThat(answer.getLong("payload.steps[0].duration_ms")).isEqualTo(142);
        assertThat(answer.getBoolean("payload.output.mounted")).isTrue();
        assertThat(Audit.records("operation_id", id, "type", "command").get(0).get("roles"))
                .isEqualTo(List.of("admin"));
    }

    @Test
    void showsAnOperationAsAcceptedAndThenAsItsResultSays() {
        sendCommand();
        Audit.awaitState(id, "ACCEPTED");

        sendResult(Sender.NFS_WORKER, State.ROLLED_BACK);

        JsonPath operation = Audit.awaitState(id, "ROLLED_BACK").jsonPath();
        assertThat(operation.getString("worker")).isEqualTo("nfs-worker-0");
    }

    @Test
    void keepsTheResultThatArrivedBeforeItsCommand() {
        sendResult(Sender.NFS_WORKER, State.FAILED);
        Audit.awaitState(id, "FAILED");

        sendCommand();

        Audit.awaitRecords(2, "operation_id", id);
        Audit.awaitState(id, "FAILED");
    }

    @Test
    void storesARepeatedEventOnce() {
        sendCommand();
        sendCommand();
        sendCommand();
        awaitEverythingBefore();

        assertThat(Audit.records("operation_id", id)).hasSize(1);
    }

    @Test
    void storesNothingTwiceWhenTheOffsetsWereReset() throws Exception {
        for (int partition = 0; partition < Topics.PARTITIONS; partition++) {
            Command one = Samples.mount(Samples.id(), host);
            byte[] value = Json.bytes(one);
            Sender.publish(
                    COMMANDS,
                    partition,
                    host,
                    value,
                    Sender.GATEWAY.headers(COMMANDS, EventType.COMMAND.type(), one.id(), value));
        }
        Audit.awaitRecords(Topics.PARTITIONS, "target", host);
        double duplicates = Audit.metric("infrabridge_audit_duplicates_total");

        AuditDatabase.execute("update audit_chains set next_offset = 0");
        takeSomePartitionsAndGiveThemBack();

        Audit.until(() -> Audit.metric("infrabridge_audit_duplicates_total"), count -> count > duplicates);
        awaitEverythingBefore();
        assertThat(Audit.records("target", host, "type", "command")).hasSize(Topics.PARTITIONS + 1);
    }

    @Test
    void recordsAForgedResultApartAndLeavesTheOperationAlone() {
        sendCommand();
        sendResult(Sender.FORGER, State.SUCCEEDED);

        Map<String, Object> forged =
                Audit.awaitRecords(1, "operation_id", id, "type", UNVERIFIED).get(0);

        assertThat(forged)
                .containsEntry("claimed_type", "io.infrabridge.result.v1")
                .doesNotContainKey("signer")
                .containsEntry(
                        "problem",
                        "The key nfs-worker-1 did not sign these bytes for this topic: they were altered, or moved.");
        Audit.awaitState(id, "ACCEPTED");
    }

    @Test
    void aForgedEventDoesNotKeepTheTrueOneOfTheSameIdOut() {
        sendCommand();
        sendResult(Sender.UNSIGNED, State.SUCCEEDED);
        sendResult(Sender.FORGER, State.SUCCEEDED);

        sendResult(Sender.NFS_WORKER, State.FAILED);

        Audit.awaitState(id, "FAILED");
        assertThat(Audit.records("operation_id", id, "type", UNVERIFIED)).hasSize(2);
    }

    @Test
    void aWorkerOfAnotherDomainCannotEndAnOperationInWhateverOrder() {
        sendResult(Sender.NAS_WORKER, State.SUCCEEDED);
        Audit.awaitState(id, "SUCCEEDED");

        sendCommand();
        Audit.awaitState(id, "ACCEPTED");

        sendResult(Sender.NFS_WORKER, State.CANCELLED);
        Audit.awaitState(id, "CANCELLED");
    }

    @Test
    void theGatewayMayRejectItsOwnOperationButNotSucceedIt() {
        sendCommand();
        sendResult(Sender.GATEWAY, State.SUCCEEDED);
        Audit.awaitRecords(1, "operation_id", id, "type", UNVERIFIED);
        Audit.awaitState(id, "ACCEPTED");

        sendResult(Sender.GATEWAY, State.REJECTED);
        Audit.awaitState(id, "REJECTED");
    }

    @Test
    void theFirstTerminalResultStands() {
        sendCommand();
        sendResult(Sender.NFS_WORKER, State.SUCCEEDED);
        sendResult(Sender.NFS_WORKER, State.FAILED);

        Audit.awaitRecords(3, "operation_id", id);

        Audit.awaitState(id, "SUCCEEDED");
    }

    @Test
    void recordsACommandUnderAnotherIdThanTheSignedOneApart() {
        Sender.GATEWAY.send(COMMANDS, EventType.COMMAND, Samples.id(), host, command);

        assertThat(Audit.awaitRecords(1, "operation_id", id).get(0))
                .containsEntry("type", UNVERIFIED)
                .containsEntry("problem", "Its ce_id is not the id that was signed.");
    }

    @Test
    void recordsWhatCannotBeReadWithItsBytesAndGoesOn() {
        byte[] garbage = {0, 1, (byte) 0xff, '{'};
        RecordMetadata bare = Sender.publish(COMMANDS, host, garbage, Map.of());
        byte[] text = "{\"id\":\"%s\"}".formatted(id).getBytes(StandardCharsets.UTF_8);
        RecordMetadata incomplete = Sender.GATEWAY.send(COMMANDS, EventType.COMMAND.type(), id, host, text);
        sendCommand();
        Audit.awaitRecords(1, "operation_id", id, "type", "command");

        assertThat(unreadable(bare))
                .containsEntry("problem", "ce_specversion must be 1.0")
                .extracting("payload")
                .isEqualTo(
                        Map.of("base64", Base64.getEncoder().encodeToString(garbage), "size", 4, "truncated", false));
        assertThat(unreadable(incomplete)).containsEntry("claimed_type", EventType.COMMAND.type());
    }

    @Test
    void recordsContentThatPostgresCannotHoldAsText() {
        ObjectNode strange = Json.tree(Samples.mounted(command, State.FAILED)).deepCopy();
        strange.put("target", "nul\0and half \ud800" + "x".repeat(20_000));
        strange.putObject("output").put("deep\0key", "a\0b");
        strange.put("created_at", "-999999-01-01T00:00:00Z");
        Sender.NFS_WORKER.send(Topics.RESULTS, EventType.RESULT.type(), "result-" + id, id, Json.bytes(strange));

        Map<String, Object> record =
                Audit.awaitRecords(1, "operation_id", id, "type", "result").get(0);

        assertThat((String) record.get("target")).hasSize(512).startsWith("nul\uFFFDand half \uFFFD");
        assertThat(record.get("payload")).extracting("output").isEqualTo(Map.of("deep\0key", "a\0b"));
    }

    @Test
    void recordsATypeThatIsNewerThanThisService() {
        byte[] value = Json.bytes(Json.object().put("operation_id", id).put("target", host));
        Sender.NFS_WORKER.send(Topics.APPROVALS, "io.infrabridge.approval-requested.v9", id, id, value);

        assertThat(Audit.awaitRecords(1, "operation_id", id).get(0))
                .containsEntry("type", "io.infrabridge.approval-requested.v9")
                .containsEntry("signer", "nfs-worker-1");
    }

    @Test
    void recordsUnsignedHealthAndSaysThatItIsNotSigned() {
        Sender.UNSIGNED.send(Topics.HEALTH, EventType.HEALTH, id, host, Samples.degraded(id, host));

        assertThat(Audit.awaitRecords(1, "target", host, "state", "degraded").get(0))
                .containsEntry("type", EventType.HEALTH.type())
                .containsEntry("problem", "It is not signed.")
                .doesNotContainKey("signer");
    }

    private void sendCommand() {
        Sender.GATEWAY.send(COMMANDS, EventType.COMMAND, id, host, command);
    }

    private void sendResult(Sender sender, State state) {
        sender.send(Topics.RESULTS, EventType.RESULT, "result-" + id, id, Samples.mounted(command, state));
    }

    /** A later record of the same partition being there says that all before it have been dealt with. */
    private void awaitEverythingBefore() {
        Command marker = Samples.mount(Samples.id(), host);
        Sender.GATEWAY.send(COMMANDS, EventType.COMMAND, marker.id(), host, marker);
        Audit.awaitRecords(1, "operation_id", marker.id());
    }

    private static Map<String, Object> unreadable(RecordMetadata at) {
        return Audit.records("type", UNREADABLE, "limit", 500).stream()
                .filter(record -> record.get("topic").equals(at.topic())
                        && record.get("partition").equals(at.partition())
                        && ((Number) record.get("offset")).longValue() == at.offset())
                .findFirst()
                .orElseThrow();
    }

    /** What moved to another member of the group and back is read from the stored offset on. */
    private static void takeSomePartitionsAndGiveThemBack() {
        Map<String, Object> settings = Map.of(
                "bootstrap.servers",
                TestBroker.bootstrapServers(),
                "group.id",
                "infrabridge-audit",
                "enable.auto.commit",
                false,
                "partition.assignment.strategy",
                CooperativeStickyAssignor.class.getName());
        try (KafkaConsumer<byte[], byte[]> other =
                new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            other.subscribe(List.of(COMMANDS));
            Audit.until(
                    () -> {
                        other.poll(Duration.ofMillis(100));
                        return other.assignment();
                    },
                    partitions -> !partitions.isEmpty());
        }
    }
}
