package io.infrabridge.trust.policy;

/** What the policy says; a refusal names the rule that decided. */
public sealed interface Decision {
    String rule();

    default boolean allowed() {
        return this instanceof Allowed;
    }

    record Allowed(String rule) implements Decision {}

    record Refused(String rule, String message, String hint) implements Decision {}
}
