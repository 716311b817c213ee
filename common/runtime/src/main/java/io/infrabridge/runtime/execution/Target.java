package io.infrabridge.runtime.execution;

import io.infrabridge.contract.Execution;
import io.infrabridge.runtime.operation.Output;
import io.infrabridge.runtime.operation.Step;
import io.smallrye.mutiny.Uni;

/**
 * One target that was reached and can be worked on.
 *
 * @param <F> what is known of it
 */
public interface Target<F> {
    F facts();

    /** How it is worked on. */
    Execution execution(boolean sudoRequired);

    /** Throws an {@link ExecutionFailure} where {@link #execute} would refuse to start it; starts nothing itself. */
    default void check(Step step) {}

    /**
     * Executes one {@code Run} or {@code Call}. The output is given whatever the status; the Uni fails with an
     * {@link ExecutionFailure} where the step could not be started or not be seen to its end: category TIMEOUT after its limit,
     * CANCELLED after a cancel that was carried out, CONNECTION_LOST, PROGRAM_NOT_ALLOWED, PRIVILEGE_REQUIRED and so on. A
     * program that is not installed is no failure but status {@link Output#NOT_FOUND}.
     */
    Uni<Output> execute(Step step, Cancellation cancellation);
}
