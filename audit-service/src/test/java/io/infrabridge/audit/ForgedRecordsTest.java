package io.infrabridge.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.infrabridge.contract.Category;
import io.infrabridge.contract.Command;
import io.infrabridge.contract.DeadLetter;
import io.infrabridge.contract.Domain;
import io.infrabridge.contract.EventType;
import io.infrabridge.contract.Failure;
import io.infrabridge.contract.Json;
import io.infrabridge.contract.State;
import io.infrabridge.contract.Topics;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.junit.jupiter.api.Test;

/** What was written to a topic by somebody who may not is in the trail twice: as it stood there, and as it was refused. */
@QuarkusTest
@QuarkusTestResource(AuditServers.class)
class ForgedRecordsTest {
    private static final String COMMANDS = Topics.commands(Domain.of("nfs"));
    private static final String UNVERIFIED = "io.infrabridge.audit.unverified.v1";

    private final String id = Samples.id();
    private final String host = "host-" + id;
    private final Command command = Samples.mount(id, host);

    @Test
    void recordsAForgedCommandAndTheDeadLetterThatSaysWhyItWasSetAside() {
        RecordMetadata forged = Sender.UNSIGNED.send(COMMANDS, EventType.COMMAND, id, host, command);
        String place = forged.topic() + ":" + forged.partition() + ":" + forged.offset();
        Sender.NFS_WORKER.send(
                Topics.DEAD_LETTERS,
                EventType.DEAD_LETTER,
                place,
                forged.topic(),
                new DeadLetter(
                        place,
                        forged.topic(),
                        forged.partition(),
                        forged.offset(),
                        Optional.of(host),
                        Base64.getEncoder().encodeToString(Json.bytes(command)),
                        Map.of("ce_id", id),
                        Failure.of(Category.BAD_SIGNATURE, "It is not signed.", "Sign it."),
                        "nfs-worker-0",
                        Instant.parse("2026-03-01T10:00:00Z")));

        Map<String, Object> letter = Audit.until(() -> deadLetters(place), letters -> !letters.isEmpty())
                .get(0);
        assertThat(letter).containsEntry("signer", "nfs-worker-1").containsEntry("event_id", place);
        assertThat(letter.get("payload"))
                .extracting("failure")
                .isEqualTo(Map.of("category", "BAD_SIGNATURE", "message", "It is not signed.", "hint", "Sign it."));
        assertThat(Audit.awaitRecords(1, "operation_id", id).get(0))
                .containsEntry("type", UNVERIFIED)
                .containsEntry("claimed_type", EventType.COMMAND.type())
                .containsEntry("problem", "It is not signed.")
                .containsEntry("caller", "alice@example.org");
    }

    @Test
    void recordsACommandByAWorkersKeyAsOneThatItMayNotGive() {
        Sender.NAS_WORKER.send(COMMANDS, EventType.COMMAND, id, host, command);

        assertThat(problem()).isEqualTo("The key nas-worker-1 of nas-worker may not say this.");
    }

    @Test
    void recordsACommandThatWasSignedForAnotherTopic() {
        byte[] value = Json.bytes(command);
        Sender.publish(
                COMMANDS,
                host,
                value,
                Sender.GATEWAY.headers("infra.commands.nas", EventType.COMMAND.type(), id, value));

        assertThat(problem()).contains("did not sign these bytes for this topic");
    }

    @Test
    void recordsAResultOnACommandTopicAsMisplaced() {
        Sender.NFS_WORKER.send(
                COMMANDS, EventType.RESULT, "result-" + id, host, Samples.mounted(command, State.SUCCEEDED));

        assertThat(problem()).contains("does not belong on " + COMMANDS);
    }

    private String problem() {
        Map<String, Object> record =
                Audit.awaitRecords(1, "operation_id", id, "type", UNVERIFIED).get(0);
        assertThat(record).doesNotContainKey("signer");
        return (String) record.get("problem");
    }

    private static List<Map<String, Object>> deadLetters(String place) {
        return Audit.records("type", "dead-letter", "event_id", place, "key", COMMANDS);
    }
}
