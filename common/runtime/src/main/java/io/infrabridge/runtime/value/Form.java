package io.infrabridge.runtime.value;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Checks texts against the {@link Text} of their type, whose pattern is compiled once. */
final class Form {
    private static final ClassValue<Pattern> PATTERNS = new ClassValue<>() {
        @Override
        protected Pattern computeValue(Class<?> type) {
            return Pattern.compile(type.getAnnotation(Text.class).pattern());
        }
    };

    private Form() {}

    static void check(Class<?> type, @Nullable String value) {
        if (value == null || !fits(type, value)) {
            Text text = type.getAnnotation(Text.class);
            throw new InvalidValue("expected " + text.expected() + ", such as " + text.example());
        }
    }

    static boolean fits(Class<?> type, String value) {
        return value.length() <= type.getAnnotation(Text.class).longest()
                && PATTERNS.get(type).matcher(value).matches();
    }
}
