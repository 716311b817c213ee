package io.infrabridge.trust.policy;

import io.infrabridge.contract.Category;

/**
 * What one rule says of one operation.
 *
 * @param rule its kind and name, such as {@code freeze:month-end}
 * @param hint what the caller can do about it; empty unless it refuses
 */
public record Finding(String rule, Effect effect, String message, String hint) {
    static Finding of(String rule, Effect effect, String message) {
        return new Finding(rule, effect, message, "");
    }

    static Finding refusing(String rule, String message, String hint) {
        return new Finding(rule, Effect.REFUSES, message, hint);
    }

    static Finding notAbout(String rule) {
        return of(rule, Effect.NO_MATCH, "It is not about this operation.");
    }

    boolean allows() {
        return effect == Effect.ALLOWS;
    }

    boolean refuses() {
        return effect == Effect.REFUSES;
    }

    Decision.Refused refusal() {
        return new Decision.Refused(rule, Category.FORBIDDEN, message, hint);
    }

    /** How a rule bears on the decision. */
    public enum Effect {
        /** It permits the operation, if nothing refuses it. */
        ALLOWS,
        /** It forbids it, or does now. */
        REFUSES,
        /** It is about the operation and has nothing against it. */
        PASSES,
        /** It makes it wait for consent. */
        ASKS,
        /** It counts it. */
        COUNTS,
        /** It is not about it. */
        NO_MATCH
    }
}
