package io.infrabridge.runtime.worker;

import io.infrabridge.runtime.worker.approval.Parked;
import io.infrabridge.trust.policy.ApprovalRequirement;
import java.util.Optional;

/**
 * What people must agree to, or have agreed to, before a task may run.
 *
 * @param requirement what the policy asked for when the command was admitted
 * @param parked the plan that waits, was approved or was refused
 * @param resumed whether an earlier owner of the partition may have begun to run it
 */
record Clearance(Optional<ApprovalRequirement> requirement, Optional<Parked> parked, boolean resumed) {
    static Clearance needing(Optional<ApprovalRequirement> requirement) {
        return new Clearance(requirement, Optional.empty(), false);
    }

    /** Whether nothing may be run yet. */
    boolean awaited() {
        return requirement.isPresent() && parked.flatMap(Parked::startedAt).isEmpty();
    }

    Clearance by(Parked now) {
        return new Clearance(requirement, Optional.of(now), resumed);
    }
}
