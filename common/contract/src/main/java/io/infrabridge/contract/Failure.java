package io.infrabridge.contract;

/**
 * Why something was refused or failed: a category to branch on, a message that says what happened and a hint that says
 * what to do next.
 */
public record Failure(Category category, String message, String hint) {
    public Failure {
        Require.present(category, "category");
        Require.text(message, "message", 4000);
        Require.present(hint, "hint");
    }

    public static Failure of(Category category, String message, String hint) {
        return new Failure(category, message, hint);
    }
}
