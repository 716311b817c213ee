package io.infrabridge.runtime.value;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** The name that a host has for itself; see hostname(7). */
@Text(
        pattern = "^" + Patterns.NAME + "$",
        longest = 64,
        expected = "a host name of at most 64 letters, digits, hyphens and dots, whose last part begins with a letter",
        example = "app1.example.com")
public record MachineName(@JsonValue String value) {
    @JsonCreator
    public MachineName {
        Form.check(MachineName.class, value);
    }

    @Override
    public String toString() {
        return value;
    }
}
