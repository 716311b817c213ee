package io.infrabridge.runtime.operation;

import io.infrabridge.contract.Category;
import io.infrabridge.contract.Failure;
import java.util.List;
import java.util.Optional;

/** The steps to take, or why none may be taken. */
public record Plan(List<Step> steps, Optional<Failure> refusal) {
    private static final Plan NOTHING = new Plan(List.of(), Optional.empty());

    public Plan {
        steps = List.copyOf(steps);
        if (refusal.isPresent() && !steps.isEmpty()) {
            throw new IllegalArgumentException("a refused plan has no steps");
        }
    }

    public static Plan of(Step... steps) {
        return new Plan(List.of(steps), Optional.empty());
    }

    public static Plan of(List<? extends Step> steps) {
        return new Plan(List.copyOf(steps), Optional.empty());
    }

    /** Nothing has to be done. */
    public static Plan nothing() {
        return NOTHING;
    }

    /** The target cannot or must not be brought there; the hint says what would help. */
    public static Plan refuse(Category category, String message, String hint) {
        return new Plan(List.of(), Optional.of(Failure.of(category, message, hint)));
    }
}
