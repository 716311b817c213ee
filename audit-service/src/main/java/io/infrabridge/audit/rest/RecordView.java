package io.infrabridge.audit.rest;

import com.fasterxml.jackson.databind.JsonNode;
import io.infrabridge.audit.trail.AuditRecord;
import io.infrabridge.audit.trail.Event;
import io.infrabridge.audit.trail.Position;
import io.infrabridge.audit.trail.Subject;
import io.infrabridge.contract.Json;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * One record as a caller reads it.
 *
 * @param signer the id of the key that provably signed it
 * @param problem why there is no signer, or why the record could not be read
 * @param privileged whether something of it ran as root; {@code privilege} says why
 * @param hash its hash in its chain; absent of records from before there were chains
 * @param payload the whole message; of a record that could not be read its bytes as base64
 */
public record RecordView(
        long number,
        Optional<String> eventId,
        Optional<String> source,
        String type,
        Optional<String> claimedType,
        String topic,
        int partition,
        long offset,
        long sequence,
        Optional<String> key,
        Instant time,
        Instant recordedAt,
        Optional<String> signer,
        Optional<String> problem,
        Optional<String> operationId,
        Optional<String> issuer,
        Optional<String> tool,
        Optional<String> action,
        Optional<String> target,
        Optional<String> caller,
        Optional<List<String>> roles,
        Optional<String> state,
        Optional<Boolean> dryRun,
        Optional<String> reason,
        boolean privileged,
        Optional<String> privilege,
        Optional<String> hash,
        Optional<String> traceId,
        JsonNode payload) {
    private static final int LONGEST_RAW = 64 << 10;

    static RecordView of(AuditRecord record) {
        Position position = record.position;
        Event event = record.event;
        Subject subject = record.subject();
        return new RecordView(
                record.number,
                Optional.ofNullable(event.id()),
                Optional.ofNullable(event.source()),
                event.type(),
                Optional.ofNullable(event.claimedType()),
                position.topic(),
                position.partition(),
                position.offset(),
                record.chainSequence,
                Optional.ofNullable(position.key()),
                event.time(),
                record.recordedAt,
                Optional.ofNullable(record.origin.signer()),
                Optional.ofNullable(record.origin.problem()),
                Optional.ofNullable(subject.operationId()),
                Optional.ofNullable(subject.issuer()),
                Optional.ofNullable(subject.tool()),
                Optional.ofNullable(subject.action()),
                Optional.ofNullable(subject.target()),
                Optional.ofNullable(subject.caller()),
                Optional.ofNullable(subject.roles()).map(List::of),
                Optional.ofNullable(subject.state()),
                Optional.ofNullable(subject.dryRun()),
                Optional.ofNullable(subject.reason()),
                subject.privilege() != null,
                Optional.ofNullable(subject.privilege()),
                Optional.ofNullable(record.hash).map(HexFormat.of()::formatHex),
                Optional.ofNullable(record.traceId),
                payload(record));
    }

    private static JsonNode payload(AuditRecord record) {
        if (!record.event.type().equals(Event.UNREADABLE)) {
            return Json.parse(record.value);
        }
        byte[] shown = Arrays.copyOf(record.value, Math.min(record.value.length, LONGEST_RAW));
        return Json.object()
                .put("base64", Base64.getEncoder().encodeToString(shown))
                .put("size", record.value.length)
                .put("truncated", shown.length < record.value.length);
    }
}
