package io.infrabridge.trust.policy;

import io.infrabridge.contract.PolicyVerdict;
import java.util.List;
import java.util.Optional;

/**
 * All that one version of the policy says of one operation.
 *
 * @param version of the policy, the same for the same file
 * @param decision whether it may be done now
 * @param inEarnest the same, or for a dry run what would be decided if it were none
 * @param allowances what it draws on if it is done; a dry run counts as the read that it is
 * @param findings what each rule says, in the order in which they decide
 */
public record Evaluation(
        String version, Decision decision, Decision inEarnest, List<Allowance> allowances, List<Finding> findings) {
    /** What the operation waits for, or would if it were no dry run. */
    public Optional<ApprovalRequirement> approval() {
        return inEarnest instanceof Decision.Allowed allowed ? allowed.approval() : Optional.empty();
    }

    /** The same as it is told with the operation. */
    public PolicyVerdict verdict() {
        return new PolicyVerdict(
                decision.rule(),
                version,
                approval().map(ApprovalRequirement::rule),
                wouldBeRefusedBy(),
                Optional.empty());
    }

    /** The rule by which a dry run's real counterpart would be refused now. */
    public Optional<String> wouldBeRefusedBy() {
        return decision.allowed() && !inEarnest.allowed() ? Optional.of(inEarnest.rule()) : Optional.empty();
    }
}
