package io.infrabridge.contract;

/** Texts for people that quote what others sent, which may be of any length. */
public final class Shortened {
    private static final String MORE = "…";

    private Shortened() {}

    /** The text, or its beginning and an ellipsis; never half of a character. */
    public static String to(int longest, String text) {
        if (text.length() <= longest) {
            return text;
        }
        int end = longest - MORE.length();
        return text.substring(0, Character.isHighSurrogate(text.charAt(end - 1)) ? end - 1 : end) + MORE;
    }
}
