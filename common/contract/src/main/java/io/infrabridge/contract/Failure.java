package io.infrabridge.contract;

/**
 * Why something was refused or failed: a category to branch on, a message that says what happened and a hint that says
 * what to do next.
 */
public record Failure(Category category, String message, String hint) {
    private static final int LONGEST = 4000;

    public Failure {
        Require.present(category, "category");
        Require.text(message, "message", LONGEST);
        Require.present(hint, "hint");
    }

    /** A message that quotes something long is cut, so that nothing is too long to be refused. */
    public static Failure of(Category category, String message, String hint) {
        return new Failure(category, Shortened.to(LONGEST, message), hint);
    }
}
