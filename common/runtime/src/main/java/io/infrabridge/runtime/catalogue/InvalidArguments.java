package io.infrabridge.runtime.catalogue;

import io.infrabridge.contract.Failure;

/** Arguments that an operation's record does not accept. */
public final class InvalidArguments extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final transient Failure failure;

    InvalidArguments(Failure failure) {
        super(failure.message());
        this.failure = failure;
    }

    public Failure failure() {
        return failure;
    }
}
