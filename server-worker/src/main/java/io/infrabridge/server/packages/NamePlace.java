package io.infrabridge.server.packages;

import io.infrabridge.runtime.value.PageCursor;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** Where a page of a list in the order of names begins: after a name, so that what comes and goes meanwhile shifts nothing. */
final class NamePlace {
    private static final String MARK = "after:";

    private NamePlace() {}

    static String after(String name) {
        return MARK + Base64.getUrlEncoder().withoutPadding().encodeToString(name.getBytes(StandardCharsets.UTF_8));
    }

    /** What was not handed out by {@link #after} is a name itself. */
    static String of(PageCursor cursor) {
        String text = cursor.value();
        try {
            return text.startsWith(MARK)
                    ? new String(Base64.getUrlDecoder().decode(text.substring(MARK.length())), StandardCharsets.UTF_8)
                    : text;
        } catch (IllegalArgumentException e) {
            return text;
        }
    }
}
