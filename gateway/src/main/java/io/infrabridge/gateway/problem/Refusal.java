package io.infrabridge.gateway.problem;

import io.infrabridge.contract.Category;
import io.infrabridge.contract.Failure;
import java.util.List;

/** Why the gateway does not do what it was asked. */
public record Refusal(Category category, String message, String hint, List<PropertyError> errors) {
    private static final int LONGEST = 4000;

    public Refusal {
        message = clipped(message);
        hint = clipped(hint);
        errors = List.copyOf(errors);
    }

    public static Refusal of(Category category, String message, String hint) {
        return new Refusal(category, message, hint, List.of());
    }

    public static Refusal of(Category category, String message, String hint, PropertyError error) {
        return new Refusal(category, message, hint, List.of(error));
    }

    public Failure failure() {
        return Failure.of(category, message, hint);
    }

    private static String clipped(String text) {
        return text.length() <= LONGEST ? text : text.substring(0, LONGEST);
    }
}
