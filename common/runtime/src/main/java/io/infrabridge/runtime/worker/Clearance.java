package io.infrabridge.runtime.worker;

import io.infrabridge.runtime.execution.StepRecord;
import io.infrabridge.runtime.worker.approval.Parked;
import io.infrabridge.trust.policy.ApprovalRequirement;
import java.util.Optional;

/**
 * What a task has to respect of what people decided and of what was done before.
 *
 * @param requirement what the policy asked for when the command was admitted
 * @param parked the plan that waits, was approved or was refused
 * @param begun the last step that an earlier owner of the partition was about to start
 */
record Clearance(Optional<ApprovalRequirement> requirement, Optional<Parked> parked, Optional<StepRecord> begun) {
    static Clearance needing(Optional<ApprovalRequirement> requirement) {
        return new Clearance(requirement, Optional.empty(), Optional.empty());
    }

    /** Whether an earlier owner has begun to run it. */
    boolean resumed() {
        return begun.isPresent();
    }

    /** Whether nothing may be run yet. */
    boolean awaited() {
        return requirement.isPresent() && parked.flatMap(Parked::startedAt).isEmpty();
    }

    Clearance by(Parked now) {
        return new Clearance(requirement, Optional.of(now), begun);
    }
}
