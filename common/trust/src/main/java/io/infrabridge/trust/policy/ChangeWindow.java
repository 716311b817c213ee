package io.infrabridge.trust.policy;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.zone.ZoneOffsetTransition;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * When changes may be made to the targets that it is about.
 *
 * @param days on which it opens
 * @param from the local time at which it opens
 * @param to the local time at which it closes; where it is not later than {@code from}, on the next day
 */
record ChangeWindow(String name, Scope scope, Set<DayOfWeek> days, LocalTime from, LocalTime to, ZoneId zone) {
    private static final String TIME = "a time in quotes, such as \"22:00\"";
    private static final Map<String, DayOfWeek> DAYS = Map.of(
            "MON", DayOfWeek.MONDAY,
            "TUE", DayOfWeek.TUESDAY,
            "WED", DayOfWeek.WEDNESDAY,
            "THU", DayOfWeek.THURSDAY,
            "FRI", DayOfWeek.FRIDAY,
            "SAT", DayOfWeek.SATURDAY,
            "SUN", DayOfWeek.SUNDAY);

    static ChangeWindow read(Section section) {
        return new ChangeWindow(
                section.name(),
                Scope.read(section, Scope.CHANGES, Scope.CHANGES),
                section.words("days", DAYS),
                time(section, "from"),
                time(section, "to"),
                section.value("zone", Zones.FORM, ZoneId::of).orElseThrow(() -> section.missing("zone")));
    }

    private static LocalTime time(Section section, String property) {
        return section.value(property, TIME, LocalTime::parse).orElseThrow(() -> section.missing(property));
    }

    String rule() {
        return "window:" + name;
    }

    boolean open(Instant at) {
        LocalDate day = at.atZone(zone).toLocalDate();
        return openSince(day, at) || openSince(day.minusDays(1), at);
    }

    /** When it opens next, which is within a week. */
    Instant opens(Instant at) {
        LocalDate today = at.atZone(zone).toLocalDate();
        return IntStream.rangeClosed(0, 7)
                .mapToObj(today::plusDays)
                .filter(day -> days.contains(day.getDayOfWeek()))
                .map(day -> instant(day, from))
                .filter(at::isBefore)
                .findFirst()
                .orElseThrow();
    }

    private boolean openSince(LocalDate day, Instant at) {
        return days.contains(day.getDayOfWeek())
                && !at.isBefore(instant(day, from))
                && at.isBefore(instant(to.isAfter(from) ? day : day.plusDays(1), to));
    }

    /**
     * A local time that the clocks skip in spring is the moment at which they skip it; of one that they show twice in
     * autumn, the first is meant.
     */
    private Instant instant(LocalDate day, LocalTime time) {
        LocalDateTime local = day.atTime(time);
        ZoneOffsetTransition transition = zone.getRules().getTransition(local);
        return transition != null && transition.isGap()
                ? transition.getInstant()
                : local.atZone(zone).toInstant();
    }
}
