package io.infrabridge.contract;

import java.time.Instant;

/**
 * How far an operation has come; may be lost without harm.
 *
 * @param step the number of steps that have ended, from 0 to {@code steps}
 */
public record Progress(
        String operationId, String issuer, State state, int step, int steps, String message, Instant at) {
    public Progress {
        Require.id(operationId, "operation_id");
        Require.name(issuer, "issuer");
        Require.present(state, "state");
        if (step < 0 || steps < 0 || step > steps) {
            throw new InvalidContract("step", "must be between 0 and steps");
        }
        Require.present(message, "message");
        Require.present(at, "at");
    }

    /** From 0 to 100. */
    public int percent() {
        return steps == 0 ? 0 : 100 * step / steps;
    }
}
