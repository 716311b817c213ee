package io.infrabridge.runtime.execution;

import io.infrabridge.contract.Category;
import io.infrabridge.contract.Failure;

/**
 * A target could not be reached, or a step could not be seen to its end; a program that ended with a bad status is not one.
 *
 * <p>{@link #stoppedForSure()} tells whether nothing of the step can still be running on the target.
 */
public final class ExecutionFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient Failure failure;
    private final boolean stoppedForSure;

    public ExecutionFailure(Failure failure, boolean stoppedForSure) {
        super(failure.category() + ": " + failure.message());
        this.failure = failure;
        this.stoppedForSure = stoppedForSure;
    }

    /** Nothing was started. */
    public static ExecutionFailure before(Category category, String message, String hint) {
        return new ExecutionFailure(Failure.of(category, message, hint), true);
    }

    public Failure failure() {
        return failure;
    }

    public boolean stoppedForSure() {
        return stoppedForSure;
    }
}
