package io.infrabridge.runtime.worker;

import io.infrabridge.contract.InvalidContract;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * What is durably known of one change.
 *
 * @param requestHash SHA-256 of the command's raw value: another value under the same id is refused
 * @param command the raw value of the command, so that it can be resumed when its offset is long committed
 * @param headers the command's headers, its trace among them
 * @param result the raw value of the published result, so that it can be published again byte for byte
 */
record LedgerEntry(
        String issuer,
        String id,
        String requestHash,
        Phase phase,
        byte[] command,
        Map<String, String> headers,
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
    }

    static String key(String issuer, String id) {
        return issuer + "/" + id;
    }

    String key() {
        return key(issuer, id);
    }

    LedgerEntry finished(byte[] published, Instant when) {
        return new LedgerEntry(
                issuer, id, requestHash, Phase.FINISHED, command, headers, Optional.of(published), worker, when);
    }

    enum Phase {
        CLAIMED,
        FINISHED
    }
}
