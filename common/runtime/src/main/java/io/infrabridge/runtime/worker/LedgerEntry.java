package io.infrabridge.runtime.worker;

import io.infrabridge.contract.Command;
import io.infrabridge.contract.InvalidContract;
import io.infrabridge.runtime.execution.StepRecord;
import io.infrabridge.runtime.worker.approval.Parked;
import io.infrabridge.trust.policy.ApprovalRequirement;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What is durably known of one change.
 *
 * @param requestHash SHA-256 of the command's raw value: another value under the same id is refused
 * @param request the command, so that it can be resumed when its offset is long committed; nothing once it has ended
 * @param requirement whose approval it must wait for before anything is run
 * @param parked the plan that waits or has waited for approval, with the decisions about it
 * @param begun the last step that was about to be started
 * @param result the raw value of the published result, so that it can be published again byte for byte
 */
record LedgerEntry(
        String issuer,
        String id,
        String requestHash,
        Phase phase,
        Optional<Request> request,
        Optional<ApprovalRequirement> requirement,
        Optional<Parked> parked,
        Optional<StepRecord> begun,
        Optional<byte[]> result,
        Instant at) {
    LedgerEntry {
        if (Stream.of(issuer, id, requestHash, phase, at).anyMatch(Objects::isNull)) {
            throw new InvalidContract("ledger entry", "is incomplete");
        }
        boolean whole =
                switch (phase) {
                    case CLAIMED -> request.isPresent();
                    case PARKED -> request.isPresent() && parked.isPresent();
                    case BEGUN -> request.isPresent() && begun.isPresent();
                    case FINISHED -> result.isPresent();
                };
        if (!whole) {
            throw new InvalidContract("ledger entry", "lacks what belongs to the phase " + phase);
        }
    }

    static String key(String issuer, String id) {
        return issuer + "/" + id;
    }

    String key() {
        return key(issuer, id);
    }

    boolean finished() {
        return phase == Phase.FINISHED;
    }

    /** The task as it stands: claimed, or waiting for approval. */
    static LedgerEntry of(Task task, Phase phase, Instant when) {
        return of(task, phase, Optional.empty(), when);
    }

    /** A step of the task is about to be started. */
    static LedgerEntry begun(Task task, StepRecord step, Instant when) {
        return of(task, Phase.BEGUN, Optional.of(step), when);
    }

    private static LedgerEntry of(Task task, Phase phase, Optional<StepRecord> begun, Instant when) {
        return new LedgerEntry(
                task.command().issuer(),
                task.command().id(),
                RequestHash.of(task.value()),
                phase,
                Optional.of(new Request(task.value(), task.headers())),
                task.clearance().requirement(),
                task.clearance().parked(),
                begun,
                Optional.empty(),
                when);
    }

    static LedgerEntry finished(Command command, String requestHash, byte[] published, Instant when) {
        return new LedgerEntry(
                command.issuer(),
                command.id(),
                requestHash,
                Phase.FINISHED,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.of(published),
                when);
    }

    /** What a task that goes on with this has to respect. */
    Clearance clearance() {
        return new Clearance(requirement, parked, begun);
    }

    /** A command as it came: its raw value, and its headers with its trace among them. */
    record Request(byte[] command, Map<String, String> headers) {
        Request {
            headers = Map.copyOf(headers);
        }
    }

    enum Phase {
        /** Nothing was run. */
        CLAIMED,
        /** Nothing was run; people have to agree first. */
        PARKED,
        /** A step was, or was about to be, started. */
        BEGUN,
        FINISHED
    }
}
