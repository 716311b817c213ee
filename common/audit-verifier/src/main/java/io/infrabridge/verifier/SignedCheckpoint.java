package io.infrabridge.verifier;

import io.infrabridge.contract.AuditCheckpoint;
import io.infrabridge.contract.Json;

/**
 * A checkpoint as it was signed.
 *
 * @param number as it is stored beside the statement; only what the statement says counts
 * @param statement the exact text that was signed, an {@link AuditCheckpoint} as JSON
 * @param signature base64
 */
public record SignedCheckpoint(long number, String statement, String keyId, String signature) {
    /** What it says; {@link io.infrabridge.contract.InvalidContract} if it is not a checkpoint. */
    public AuditCheckpoint read() {
        return Json.read(bytes(), AuditCheckpoint.class);
    }

    /** What the next checkpoint names as its previous. */
    public String hash() {
        return RecordHash.ofBytes(bytes());
    }

    byte[] bytes() {
        return statement.getBytes(java.nio.charset.StandardCharsets.UTF_8);
    }
}
