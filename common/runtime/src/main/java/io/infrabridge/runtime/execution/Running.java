package io.infrabridge.runtime.execution;

import io.opentelemetry.context.Context;
import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.util.Optional;

/**
 * What a run has to respect besides its plan.
 *
 * @param deadline after it no further step is started
 * @param fence asked before every step; before one of a change it must be certain
 * @param check sees the plan before its first step; a dry run executes nothing and is not checked
 * @param progress told before every step of a change
 * @param continuity joins it to what others did and will do of the same change
 * @param trace the parent of the steps' spans
 */
public record Running(
        boolean dryRun,
        Instant deadline,
        Cancellation cancellation,
        Fence fence,
        Optional<PlanCheck> check,
        ProgressListener progress,
        Continuity continuity,
        Context trace) {
    /** Whether this worker still owns the operation; another one may have taken over. */
    public interface Fence {
        /** As far as this worker knows. */
        boolean held();

        /** Done when it is certain for the moment, which may take a while; fails with {@link Fenced} once it is not so. */
        default Uni<Void> confirmed() {
            return held() ? Uni.createFrom().voidItem() : Uni.createFrom().failure(new Fenced());
        }
    }

    /** Hears how far a change has come. */
    public interface ProgressListener {
        void step(int done, int of, String description);
    }
}
