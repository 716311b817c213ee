package io.infrabridge.trust.policy;

import io.infrabridge.contract.Category;
import io.infrabridge.contract.Failure;
import java.util.Optional;

/** What the policy says, and the rule that decided: its kind and name, such as {@code role:operator}. */
public sealed interface Decision {
    String rule();

    default boolean allowed() {
        return this instanceof Allowed;
    }

    /**
     * It may be done.
     *
     * @param approval what it must wait for first
     */
    record Allowed(String rule, Optional<ApprovalRequirement> approval) implements Decision {}

    /** It may not be done, or not now. */
    record Refused(String rule, Category category, String message, String hint) implements Decision {
        public Failure failure() {
            return Failure.of(category, message, hint);
        }
    }
}
