package io.infrabridge.gateway.problem;

import io.infrabridge.contract.Category;
import io.infrabridge.contract.Failure;
import io.infrabridge.contract.PolicyVerdict;
import java.util.List;
import java.util.Optional;

/**
 * Why the gateway does not do what it was asked.
 *
 * @param policy what the policy said, where it is the policy that refuses
 */
public record Refusal(
        Category category, String message, String hint, List<PropertyError> errors, Optional<PolicyVerdict> policy) {
    private static final int LONGEST = 4000;

    public Refusal {
        message = clipped(message);
        hint = clipped(hint);
        errors = List.copyOf(errors);
    }

    public static Refusal of(Category category, String message, String hint) {
        return new Refusal(category, message, hint, List.of(), Optional.empty());
    }

    public static Refusal of(Category category, String message, String hint, PropertyError error) {
        return new Refusal(category, message, hint, List.of(error), Optional.empty());
    }

    /** What the policy refuses, by its rule. */
    public static Refusal of(Category category, String message, String hint, PolicyVerdict policy) {
        return new Refusal(category, message, hint, List.of(), Optional.of(policy));
    }

    /** What is refused because there is too much of it is counted, and not put on record one by one. */
    public boolean onRecord() {
        return category != Category.OVERLOADED && category != Category.RATE_LIMITED;
    }

    public Failure failure() {
        return Failure.of(category, message, hint);
    }

    private static String clipped(String text) {
        return text.length() <= LONGEST ? text : text.substring(0, LONGEST);
    }
}
