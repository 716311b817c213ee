package io.infrabridge.runtime.value;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** The name of a host or its IPv4 address, in the one form that no resolver reads differently. */
@Text(
        pattern = "^" + Patterns.HOST + "$",
        longest = 253,
        expected = "a host name of letters, digits, hyphens and dots, or an IPv4 address of four decimal numbers",
        example = "nas.example.com")
public record HostName(@JsonValue String value) {
    @JsonCreator
    public HostName {
        Form.check(HostName.class, value);
    }

    @Override
    public String toString() {
        return value;
    }
}
