package io.infrabridge.runtime.execution;

import io.opentelemetry.context.Context;
import java.time.Instant;
import java.util.Optional;

/**
 * What a run has to respect besides its plan.
 *
 * @param deadline after it no further step is started
 * @param fence asked before every step
 * @param check sees the plan before its first step; a dry run executes nothing and is not checked
 * @param progress told before every step of a change
 * @param trace the parent of the steps' spans
 */
public record Running(
        boolean dryRun,
        Instant deadline,
        Cancellation cancellation,
        Fence fence,
        Optional<PlanCheck> check,
        ProgressListener progress,
        Context trace) {
    /** Whether this worker still owns the operation; another one may have taken over. */
    public interface Fence {
        boolean held();
    }

    /** Hears how far a change has come. */
    public interface ProgressListener {
        void step(int done, int of, String description);
    }
}
