package io.infrabridge.runtime.value;

import java.nio.charset.StandardCharsets;
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
        Text text = type.getAnnotation(Text.class);
        if (value == null
                || value.length() > text.longest()
                // half of a surrogate pair cannot be passed on as it is
                || !StandardCharsets.UTF_8.newEncoder().canEncode(value)
                || !PATTERNS.get(type).matcher(value).matches()) {
            throw new InvalidValue("expected " + text.expected() + ", such as " + text.example());
        }
    }
}
