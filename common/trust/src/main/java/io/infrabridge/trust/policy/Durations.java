package io.infrabridge.trust.policy;

import java.time.DateTimeException;
import java.time.Duration;
import java.util.Optional;

/** A time that a rule may be told, from the shortest to the longest that make sense. */
record Durations(Duration shortest, Duration longest) {
    Optional<Duration> read(Section section, String property) {
        return section.value(
                property, "an ISO-8601 duration from " + shortest + " to " + longest + ", such as PT1H", this::parse);
    }

    private Duration parse(String text) {
        Duration duration = Duration.parse(text);
        if (duration.compareTo(shortest) < 0 || duration.compareTo(longest) > 0) {
            throw new DateTimeException(text);
        }
        return duration;
    }
}
