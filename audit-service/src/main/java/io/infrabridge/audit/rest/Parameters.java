package io.infrabridge.audit.rest;

import jakarta.ws.rs.core.MultivaluedMap;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The query parameters of a search, each known, given once and well formed; a typo must not silently widen a search. */
final class Parameters {
    private static final int DEFAULT_LIMIT = 50;
    private static final int HIGHEST_LIMIT = 500;
    private static final int LONGEST_VALUE = 512;
    private static final Pattern NUMBER = Pattern.compile("[1-9]\\d{0,17}");
    private static final Pattern CURSOR = Pattern.compile("before:(\\d{1,18})");

    private final Map<String, List<String>> given;

    Parameters(MultivaluedMap<String, String> given, Set<String> known) {
        this.given = given;
        for (Map.Entry<String, List<String>> parameter : given.entrySet()) {
            check(parameter.getKey(), parameter.getValue(), known);
        }
    }

    Optional<String> text(String name) {
        return Optional.ofNullable(given.get(name)).map(values -> values.get(0));
    }

    Optional<Instant> time(String name) {
        return text(name).map(text -> {
            try {
                return OffsetDateTime.parse(text).toInstant();
            } catch (DateTimeException e) {
                throw Refused.invalid(
                        name + " is not a time: " + text, "give an RFC 3339 time such as 2026-01-31T12:00:00Z");
            }
        });
    }

    /** A record number. */
    Optional<Long> number(String name) {
        return text(name).map(text -> {
            if (!NUMBER.matcher(text).matches()) {
                throw Refused.invalid(name + " is not a record number: " + text, "give the number of a record");
            }
            return Long.parseLong(text);
        });
    }

    Optional<Boolean> flag(String name) {
        return text(name).map(text -> {
            if (!text.equals("true") && !text.equals("false")) {
                throw Refused.invalid(name + " is neither true nor false: " + text, "give true or false");
            }
            return Boolean.valueOf(text);
        });
    }

    int limit() {
        return text("limit").map(Parameters::limit).orElse(DEFAULT_LIMIT);
    }

    /** The record number below which the page begins. */
    Optional<Long> cursor() {
        return text("cursor").map(Parameters::decode);
    }

    /** Opaque to callers; it names a place in the order that never moves, so what arrives meanwhile does not shift pages. */
    static String cursor(long before) {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(("before:" + before).getBytes(StandardCharsets.US_ASCII));
    }

    private static long decode(String cursor) {
        Matcher matcher;
        try {
            matcher = CURSOR.matcher(new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.US_ASCII));
        } catch (IllegalArgumentException e) {
            throw unknownCursor();
        }
        if (!matcher.matches()) {
            throw unknownCursor();
        }
        return Long.parseLong(matcher.group(1));
    }

    private static Refused unknownCursor() {
        return Refused.invalid("cursor is not one of this service", "give next_cursor of the page before, unchanged");
    }

    private static int limit(String text) {
        String hint = "give a number from 1 to " + HIGHEST_LIMIT;
        try {
            int limit = Integer.parseInt(text);
            if (limit >= 1 && limit <= HIGHEST_LIMIT) {
                return limit;
            }
        } catch (NumberFormatException e) {
            throw Refused.invalid("limit is not a number: " + text, hint);
        }
        throw Refused.invalid("limit is out of range: " + text, hint);
    }

    private static void check(String name, List<String> values, Set<String> known) {
        if (!known.contains(name)) {
            throw Refused.invalid(
                    "there is no parameter " + name, "known are " + String.join(", ", new TreeSet<>(known)));
        }
        if (values.size() != 1) {
            throw Refused.invalid(name + " is given more than once", "give it once");
        }
        String value = values.get(0);
        if (value.isBlank() || value.length() > LONGEST_VALUE || value.chars().anyMatch(Character::isISOControl)) {
            throw Refused.invalid(
                    name + " is blank, too long or has control characters",
                    "leave it out or give up to " + LONGEST_VALUE + " printable characters");
        }
    }
}
