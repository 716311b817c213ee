package io.infrabridge.runtime.value;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.time.Instant;
import java.util.Locale;

/**
 * Where the next page of a log begins, which callers hand back as they were given it: a moment in microseconds since 1970, and how
 * many entries of that very moment they have already, because one write of a program gives all its lines the same.
 */
@Text(
        pattern = "^[1-9][0-9]{6,15}\\+[0-9]{1,4}$",
        longest = 21,
        expected = "the next_cursor of the page before",
        example = "1769850000000000+1")
public record JournalCursor(@JsonValue String value) {
    private static final long MICROS = 1_000_000;
    private static final int MOST_OF_A_MOMENT = 2000;

    @JsonCreator
    public JournalCursor {
        Form.check(JournalCursor.class, value);
    }

    /** After so many entries of a moment, the latest first; of more than any page could skip, the rest is passed over. */
    public static JournalCursor after(Instant moment, int entries) {
        long micros = micros(moment);
        return new JournalCursor(entries > MOST_OF_A_MOMENT ? micros - 1 + "+0" : micros + "+" + entries);
    }

    /** How many entries of its moment come before what it points to. */
    public int entries() {
        return Integer.parseInt(value.substring(value.indexOf('+') + 1));
    }

    public boolean isOf(Instant moment) {
        return micros(moment) == micros();
    }

    /** Its moment as journalctl(1) reads it; see systemd.time(7). */
    public String argument() {
        return String.format(Locale.ROOT, "@%d.%06d", micros() / MICROS, micros() % MICROS);
    }

    private long micros() {
        return Long.parseLong(value.substring(0, value.indexOf('+')));
    }

    private static long micros(Instant moment) {
        return moment.getEpochSecond() * MICROS + moment.getNano() / 1000;
    }

    @Override
    public String toString() {
        return value;
    }
}
