package io.infrabridge.runtime.disclosure;

import java.util.regex.Pattern;

/**
 * Text as a person sees it: without the sequences that steer a terminal (ECMA-48), control characters but tab and line feed, and
 * characters that show nothing or turn the direction of others.
 */
final class PlainText {
    private static final Pattern SEQUENCE =
            Pattern.compile("[\\x1b][\\]PX^_][^\\x07\\x1b\\x9c]*+(?:\\x07|\\x1b\\\\|\\x9c)?"
                    + "|(?:\\x1b\\[|\\x9b)[0-?]*+[ -/]*+[@-~]?"
                    + "|\\x1b[ -/]*+[0-~]?");

    private PlainText() {}

    static String of(String text) {
        if (text.chars().allMatch(PlainText::usual)) {
            return text;
        }
        StringBuilder plain = new StringBuilder(text.length());
        SEQUENCE.matcher(text).replaceAll("").codePoints().forEach(character -> {
            if (character == 0x2028 || character == 0x2029) {
                plain.append('\n');
            } else if (visible(character)) {
                plain.appendCodePoint(character);
            }
        });
        return plain.toString();
    }

    private static boolean usual(int character) {
        return character >= ' ' && character < 0x7f || character == '\n' || character == '\t';
    }

    private static boolean visible(int character) {
        return usual(character)
                || switch (Character.getType(character)) {
                    case Character.CONTROL,
                            Character.FORMAT,
                            Character.SURROGATE,
                            Character.PRIVATE_USE,
                            Character.UNASSIGNED -> false;
                    default -> !ignorable(character);
                };
    }

    /** Letters and marks that fonts draw as nothing: fillers and variation selectors. */
    private static boolean ignorable(int character) {
        return character == 0x034f
                || character == 0x115f
                || character == 0x1160
                || character == 0x17b4
                || character == 0x17b5
                || character >= 0x180b && character <= 0x180f
                || character == 0x2800
                || character == 0x3164
                || character >= 0xfe00 && character <= 0xfe0f
                || character == 0xffa0
                || character >= 0xe0100 && character <= 0xe01ef;
    }
}
