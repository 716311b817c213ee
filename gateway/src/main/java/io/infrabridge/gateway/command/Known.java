package io.infrabridge.gateway.command;

import io.infrabridge.contract.Domain;
import io.infrabridge.contract.Operation;
import java.time.Instant;
import java.util.Optional;

/**
 * What this replica remembers of one operation.
 *
 * @param sent what it knows besides, where it published the command itself
 */
record Known(Operation operation, Optional<Sent> sent) {
    Known now(Operation next) {
        return new Known(next, sent);
    }

    /**
     * What was published.
     *
     * @param requestHash tells a repeated request from another one under the same idempotency key
     */
    record Sent(Domain domain, String requestHash, Instant deadline) {}
}
