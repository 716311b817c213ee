package io.infrabridge.audit.evidence;

import io.infrabridge.verifier.Scope;
import java.util.Optional;

/**
 * Which records are to be checked or exported.
 *
 * @param chain only those of this chain
 * @param from the lowest record number
 * @param to the highest record number
 */
public record Selection(Optional<String> chain, Optional<Long> from, Optional<Long> to) {
    Scope scope() {
        return new Scope(chain, from.isEmpty(), to.isEmpty());
    }
}
