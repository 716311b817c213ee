package io.infrabridge.runtime.worker.approval;

import io.infrabridge.contract.Approval;
import io.infrabridge.contract.ApprovalDecision;
import io.infrabridge.contract.StepReport;
import io.infrabridge.trust.policy.ApprovalRequirement;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A plan that waits, or has waited, for people.
 *
 * @param plan what would be run
 * @param since when it began to wait
 * @param decisions those that were taken about this very plan, in their order
 * @param startedAt when enough people had approved it; its run time counts from here
 */
public record Parked(
        String planHash,
        List<StepReport> plan,
        ApprovalRequirement requirement,
        Instant since,
        List<ApprovalDecision> decisions,
        Optional<Instant> startedAt) {
    public Parked {
        plan = List.copyOf(plan);
        decisions = List.copyOf(decisions);
    }

    public static Parked now(String planHash, List<StepReport> plan, ApprovalRequirement requirement, Instant at) {
        return new Parked(planHash, plan, requirement, at, List.of(), Optional.empty());
    }

    public Parked with(ApprovalDecision decision) {
        List<ApprovalDecision> more =
                Stream.concat(decisions.stream(), Stream.of(decision)).toList();
        return new Parked(planHash, plan, requirement, since, more, startedAt);
    }

    /** The same under what the policy asks for now; how long it waits stays as it was told to everybody. */
    public Parked under(ApprovalRequirement now) {
        ApprovalRequirement kept = new ApprovalRequirement(
                now.rule(), now.approvals(), now.roles(), now.otherPerson(), requirement.expires());
        return new Parked(planHash, plan, kept, since, decisions, startedAt);
    }

    public Parked started(Instant at) {
        return new Parked(planHash, plan, requirement, since, decisions, Optional.of(at));
    }

    public Instant expiresAt() {
        return since.plus(requirement.expires());
    }

    /** As callers and approvers see it. */
    public Approval approval() {
        return new Approval(
                planHash,
                requirement.rule(),
                requirement.approvals(),
                requirement.roles(),
                requirement.otherPerson(),
                decisions,
                since,
                expiresAt());
    }
}
