package io.infrabridge.runtime.execution;

import io.infrabridge.contract.Failure;

/** A target that an earlier worker may have changed could not be looked at now; later it may. */
final class NotSeen extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient Failure failure;

    NotSeen(Failure failure) {
        super(failure.message());
        this.failure = failure;
    }

    Failure failure() {
        return failure;
    }
}
