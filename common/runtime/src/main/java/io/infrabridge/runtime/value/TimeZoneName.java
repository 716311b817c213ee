package io.infrabridge.runtime.value;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** A time zone as timedatectl(1) lists it. */
@Text(
        pattern = "^[A-Z][A-Za-z0-9_+-]{0,31}(/[A-Za-z0-9][A-Za-z0-9_+-]{0,31}){0,3}$",
        longest = 128,
        expected = "a time zone of the tz database",
        example = "Europe/Berlin")
public record TimeZoneName(@JsonValue String value) {
    @JsonCreator
    public TimeZoneName {
        Form.check(TimeZoneName.class, value);
    }

    @Override
    public String toString() {
        return value;
    }
}
