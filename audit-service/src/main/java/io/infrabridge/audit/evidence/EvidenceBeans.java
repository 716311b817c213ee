package io.infrabridge.audit.evidence;

import io.infrabridge.audit.trail.AuditConfig;
import io.infrabridge.trust.signature.SigningKey;
import io.infrabridge.verifier.CheckpointKeys;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;

/** The keys whose checkpoints are believed: the present one's and those of the file with the former ones. */
final class EvidenceBeans {
    private EvidenceBeans() {}

    @Produces
    @Singleton
    static CheckpointKeys keys(SigningKey key, AuditConfig config) {
        String former = config.formerCheckpointKeys()
                .map(file -> {
                    try {
                        return Files.readString(file);
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                })
                .orElse("");
        return CheckpointKeys.pem(CheckpointKeys.toPem(key.publicKey()) + former);
    }
}
