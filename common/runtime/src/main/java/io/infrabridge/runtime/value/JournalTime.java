package io.infrabridge.runtime.value;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** A moment in the past, as far as journalctl(1) and callers write it alike; see systemd.time(7). */
@Text(
        pattern = "^([1-9][0-9]{0,4}(s|m|min|h|d|w)( ago)?|today|yesterday"
                + "|(19[7-9][0-9]|20[0-9]{2})-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])"
                + "([ T]([01][0-9]|2[0-3]):[0-5][0-9](:[0-5][0-9])?( UTC|Z)?)?)$",
        longest = 40,
        expected =
                "how long ago, such as 1h, 30min or 2d, or a time of the host such as 2026-01-31 10:00:00, with Z at its end UTC",
        example = "1h")
public record JournalTime(@JsonValue String value) {
    @JsonCreator
    public JournalTime {
        Form.check(JournalTime.class, value);
    }

    /** As journalctl(1) of every supported distribution reads it. */
    public String argument() {
        if (value.matches("[0-9]{1,5}[a-z]+")) {
            return value + " ago";
        }
        String blank = value.replaceFirst("(?<=[0-9])T", " ");
        return blank.endsWith("Z") ? blank.substring(0, blank.length() - 1) + " UTC" : blank;
    }

    @Override
    public String toString() {
        return value;
    }
}
