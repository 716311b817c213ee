package io.infrabridge.runtime.worker;

import io.infrabridge.contract.Command;
import io.infrabridge.contract.InvalidContract;
import io.infrabridge.runtime.worker.approval.Parked;
import io.infrabridge.trust.policy.ApprovalRequirement;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * What is durably known of one change.
 *
 * @param requestHash SHA-256 of the command's raw value: another value under the same id is refused
 * @param command the raw value of the command, so that it can be resumed when its offset is long committed
 * @param headers the command's headers, its trace among them
 * @param requirement whose approval it must wait for before anything is run
 * @param parked the plan that waits or has waited for approval, with the decisions about it
 * @param result the raw value of the published result, so that it can be published again byte for byte
 */
record LedgerEntry(
        String issuer,
        String id,
        String requestHash,
        Phase phase,
        byte[] command,
        Map<String, String> headers,
        Optional<ApprovalRequirement> requirement,
        Optional<Parked> parked,
        Optional<byte[]> result,
        String worker,
        Instant at) {
    LedgerEntry {
        if (id == null || issuer == null || command == null || phase == null) {
            throw new InvalidContract("ledger entry", "is incomplete");
        }
        headers = Map.copyOf(headers);
        if (phase == Phase.FINISHED && result.isEmpty()) {
            throw new InvalidContract("result", "is missing though the phase is FINISHED");
        }
        if (phase == Phase.PARKED && parked.isEmpty()) {
            throw new InvalidContract("parked", "is missing though the phase is PARKED");
        }
    }

    static String key(String issuer, String id) {
        return issuer + "/" + id;
    }

    String key() {
        return key(issuer, id);
    }

    /** The task as it stands: claimed, or waiting for approval. */
    static LedgerEntry of(Task task, Phase phase, Instant when) {
        return of(task, phase, Optional.empty(), when);
    }

    static LedgerEntry finished(Task task, byte[] published, Instant when) {
        return of(task, Phase.FINISHED, Optional.of(published), when);
    }

    /** The end of what is remembered of a command that cannot be made a task of any more. */
    LedgerEntry ended(byte[] published, Instant when) {
        return new LedgerEntry(
                issuer,
                id,
                requestHash,
                Phase.FINISHED,
                command,
                headers,
                requirement,
                parked,
                Optional.of(published),
                worker,
                when);
    }

    /** A command that was refused before a task was made of it. */
    static LedgerEntry refused(Command command, Received record, byte[] published, Instant when) {
        return new LedgerEntry(
                command.issuer(),
                command.id(),
                RequestHash.of(record.value()),
                Phase.FINISHED,
                record.value(),
                record.headers(),
                Optional.empty(),
                Optional.empty(),
                Optional.of(published),
                "",
                when);
    }

    private static LedgerEntry of(Task task, Phase phase, Optional<byte[]> result, Instant when) {
        return new LedgerEntry(
                task.command().issuer(),
                task.command().id(),
                RequestHash.of(task.value()),
                phase,
                task.value(),
                task.headers(),
                task.clearance().requirement(),
                task.clearance().parked(),
                result,
                "",
                when);
    }

    /** What a task that goes on with this has to respect. */
    Clearance clearance() {
        return new Clearance(requirement, parked, phase == Phase.CLAIMED);
    }

    enum Phase {
        CLAIMED,
        /** Nothing was run; people have to agree first. */
        PARKED,
        FINISHED
    }
}
