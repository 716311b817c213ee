package io.infrabridge.trust;

import java.util.List;

/** Names with an optional trailing {@code *}, the only pattern that trust knows. */
public final class Wildcard {
    private Wildcard() {}

    public static boolean anyMatches(List<String> patterns, String name) {
        return patterns.stream()
                .anyMatch(pattern -> pattern.endsWith("*")
                        ? name.startsWith(pattern.substring(0, pattern.length() - 1))
                        : name.equals(pattern));
    }
}
