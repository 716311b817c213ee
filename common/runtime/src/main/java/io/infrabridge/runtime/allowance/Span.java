package io.infrabridge.runtime.allowance;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;

/** One of the times in which an account has its operations, from its first moment to the first after it. */
record Span(Instant from, Instant to) {
    private static final String DURATION = "PT";

    /** Throws a {@link DateTimeException} for a text that is neither a positive duration nor a time zone. */
    static Span at(String span, Instant moment) {
        return span.startsWith(DURATION) ? period(Duration.parse(span), moment) : day(ZoneId.of(span), moment);
    }

    private static Span period(Duration length, Instant moment) {
        long seconds = length.toSeconds();
        if (seconds < 1) {
            throw new DateTimeException(length + " is too short");
        }
        Instant from = Instant.ofEpochSecond(Math.floorDiv(moment.getEpochSecond(), seconds) * seconds);
        return new Span(from, from.plusSeconds(seconds));
    }

    private static Span day(ZoneId zone, Instant moment) {
        LocalDate day = moment.atZone(zone).toLocalDate();
        return new Span(
                day.atStartOfDay(zone).toInstant(),
                day.plusDays(1).atStartOfDay(zone).toInstant());
    }
}
