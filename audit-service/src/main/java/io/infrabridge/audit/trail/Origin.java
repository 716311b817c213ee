package io.infrabridge.audit.trail;

import jakarta.persistence.Embeddable;
import org.jspecify.annotations.Nullable;

/**
 * Who provably sent a record.
 *
 * @param signer the id of the key that signed it
 * @param domain of a command its topic's, of a worker's message its key's
 * @param problem why there is no signer, or why the record is not believed
 */
@Embeddable
public record Origin(
        @Nullable String signer,
        @Nullable String domain,
        @Nullable String problem) {
    static Origin unproven(String problem) {
        return new Origin(null, null, StoredText.of(problem, 2000));
    }
}
