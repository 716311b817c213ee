package io.infrabridge.trust.policy;

import java.time.Duration;
import java.util.Set;

/**
 * Whose consent an operation must wait for.
 *
 * @param rule the rule that asks for it, such as {@code approval:destructive}
 * @param approvals how many different persons must approve, at least 1
 * @param roles an approver must hold one of them
 * @param otherPerson whether the caller's own consent does not count
 * @param expires how long it waits
 */
public record ApprovalRequirement(
        String rule, int approvals, Set<String> roles, boolean otherPerson, Duration expires) {
    public ApprovalRequirement {
        roles = Set.copyOf(roles);
    }
}
