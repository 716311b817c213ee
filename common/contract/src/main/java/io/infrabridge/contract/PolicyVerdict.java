package io.infrabridge.contract;

import java.time.Instant;
import java.util.Optional;

/**
 * What the policy said of an operation, and by which rule.
 *
 * @param rule the rule that decided, its kind and name, such as {@code role:operator} or {@code freeze:month-end}
 * @param version the content of the policy file that was asked
 * @param approval the rule that makes it wait for consent, or would if it were no dry run
 * @param wouldBeRefusedBy for a dry run, the rule by which the real run would be refused
 * @param retryAt the first moment at which a refusal may be none any more, where the rule knows it
 */
public record PolicyVerdict(
        String rule,
        String version,
        Optional<String> approval,
        Optional<String> wouldBeRefusedBy,
        Optional<Instant> retryAt) {
    public PolicyVerdict {
        Require.text(rule, "rule", 256);
        Require.text(version, "version", 100);
    }
}
