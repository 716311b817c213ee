package io.infrabridge.gateway.policy;

import io.infrabridge.contract.Risk;
import io.infrabridge.trust.policy.Access;
import io.infrabridge.trust.policy.ApprovalRequirement;
import io.infrabridge.trust.policy.Decision;
import io.infrabridge.trust.policy.Evaluation;
import io.infrabridge.trust.policy.Finding;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What the policy makes of one operation, and why.
 *
 * @param rule the rule that decides
 * @param message why not, where it is refused
 * @param approval what it would wait for
 * @param wouldBeRefusedBy for a dry run, the rule by which the real run would be refused
 * @param trace what every rule says, in the order in which they decide
 */
public record Explanation(
        boolean allowed,
        String rule,
        Optional<String> message,
        Optional<String> hint,
        Optional<Consent> approval,
        Optional<String> wouldBeRefusedBy,
        String policyVersion,
        Asked asked,
        List<Finding> trace) {
    static Explanation of(Access access, boolean dryRun, Evaluation evaluation) {
        Optional<Decision.Refused> refused =
                evaluation.decision() instanceof Decision.Refused refusal ? Optional.of(refusal) : Optional.empty();
        return new Explanation(
                evaluation.decision().allowed(),
                evaluation.decision().rule(),
                refused.map(Decision.Refused::message),
                refused.map(Decision.Refused::hint),
                evaluation.approval().map(Consent::of),
                evaluation.wouldBeRefusedBy(),
                evaluation.version(),
                Asked.of(access, dryRun),
                evaluation.findings());
    }

    /** The operation that it is about, as rules see it. */
    public record Asked(
            String caller,
            List<String> roles,
            String tool,
            String action,
            Risk risk,
            String target,
            SortedMap<String, String> labels,
            Instant at,
            boolean dryRun) {
        static Asked of(Access access, boolean dryRun) {
            return new Asked(
                    access.caller(),
                    access.roles().stream().sorted().toList(),
                    access.tool(),
                    access.action(),
                    access.risk(),
                    access.target(),
                    new TreeMap<>(Map.copyOf(access.labels())),
                    access.at(),
                    dryRun);
        }
    }

    /**
     * Whose consent it waits for.
     *
     * @param expires how long, as an ISO-8601 duration
     */
    public record Consent(String rule, int approvals, List<String> roles, boolean otherPerson, String expires) {
        static Consent of(ApprovalRequirement requirement) {
            return new Consent(
                    requirement.rule(),
                    requirement.approvals(),
                    requirement.roles().stream().sorted().toList(),
                    requirement.otherPerson(),
                    requirement.expires().toString());
        }
    }
}
