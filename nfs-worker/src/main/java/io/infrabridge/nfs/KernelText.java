package io.infrabridge.nfs;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How the kernel writes paths in its tables: blanks and the like as three octal digits; see getmntent(3). */
public final class KernelText {
    private static final Pattern OCTAL = Pattern.compile("\\\\([0-3][0-7]{2})");

    private KernelText() {}

    public static String unescaped(String text) {
        return OCTAL.matcher(text)
                .replaceAll(octal ->
                        Matcher.quoteReplacement(Character.toString((char) Integer.parseInt(octal.group(1), 8))));
    }
}
