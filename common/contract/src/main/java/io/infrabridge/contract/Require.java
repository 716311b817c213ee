package io.infrabridge.contract;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The checks by which the records of this package validate themselves; each names the property that is wrong. */
final class Require {
    private static final Pattern ID = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._:-]{0,127}");
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_*][A-Za-z0-9_.:@/*-]{0,253}");

    private static final Pattern HASH = Pattern.compile("[0-9a-f]{64}");

    private Require() {}

    static <T> T present(@Nullable T value, String property) {
        if (value == null) {
            throw new InvalidContract(property, "is missing");
        }
        return value;
    }

    static String text(@Nullable String value, String property, int longest) {
        present(value, property);
        if (value.isBlank()) {
            throw new InvalidContract(property, "is blank");
        }
        if (value.length() > longest) {
            throw new InvalidContract(property, "is longer than " + longest + " characters");
        }
        return value;
    }

    /** An identifier that is safe as a Kafka key, a path segment and a file name. */
    static String id(@Nullable String value, String property) {
        present(value, property);
        if (!ID.matcher(value).matches()) {
            throw new InvalidContract(property, "must match " + ID.pattern());
        }
        return value;
    }

    static String name(@Nullable String value, String property) {
        present(value, property);
        if (!NAME.matcher(value).matches()) {
            throw new InvalidContract(property, "must match " + NAME.pattern());
        }
        return value;
    }

    /** A SHA-256 in hexadecimal. */
    static String hash(@Nullable String value, String property) {
        present(value, property);
        if (!HASH.matcher(value).matches()) {
            throw new InvalidContract(property, "must match " + HASH.pattern());
        }
        return value;
    }

    static long positive(long value, String property) {
        if (value < 1) {
            throw new InvalidContract(property, "must be 1 or more");
        }
        return value;
    }

    static <T> List<T> list(@Nullable List<T> value) {
        return value == null ? List.of() : List.copyOf(value);
    }

    /** A sorted, unmodifiable copy, so that the same set is always written as the same bytes. */
    static <T extends Comparable<T>> Set<T> set(@Nullable Set<T> value) {
        return value == null ? Set.of() : java.util.Collections.unmodifiableSet(new TreeSet<>(value));
    }
}
