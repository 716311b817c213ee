package io.infrabridge.contract;

import java.time.Instant;
import java.util.List;
import java.util.Set;

/**
 * What it takes before the plan of an operation is run, and what was decided so far.
 *
 * @param planHash names the plan that the decisions are about: SHA-256 in hexadecimal
 * @param rule the rule of the policy that asks for approval
 * @param approvals how many different persons must approve, at least 1
 * @param roles an approver must have one of them
 * @param otherPerson whether the caller's own approval counts for nothing
 * @param decisions in the order in which they were taken; only approvals of the current plan and a denial
 * @param expiresAt when it stops waiting
 */
public record Approval(
        String planHash,
        String rule,
        int approvals,
        Set<String> roles,
        boolean otherPerson,
        List<ApprovalDecision> decisions,
        Instant requestedAt,
        Instant expiresAt) {
    public Approval {
        Require.hash(planHash, "plan_hash");
        Require.text(rule, "rule", 256);
        if (approvals < 1) {
            throw new InvalidContract("approvals", "must be at least 1");
        }
        roles = Require.set(roles);
        decisions = Require.list(decisions);
        Require.present(requestedAt, "requested_at");
        Require.present(expiresAt, "expires_at");
    }
}
