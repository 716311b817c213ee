package io.infrabridge.runtime.value;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** A port of TCP or UDP, or a range of them, the lowest first. A range of one port is that port. */
@Text(
        pattern = "^" + PortRange.ONE + "(-" + PortRange.ONE + ")?$",
        longest = 11,
        expected = "a port from 1 to 65535, or a range of them such as 8000-8100",
        example = "8000-8100")
public record PortRange(@JsonValue String value) {
    static final String ONE = "([1-9][0-9]{0,3}|[1-5][0-9]{4}|6[0-4][0-9]{3}|65[0-4][0-9]{2}|655[0-2][0-9]|6553[0-5])";

    @JsonCreator
    public PortRange {
        Form.check(PortRange.class, value);
        String[] ends = value.split("-", 2);
        if (ends.length == 2 && ends[0].equals(ends[1])) {
            value = ends[0];
        }
    }

    public static PortRange of(int first, int last) {
        return new PortRange(first + "-" + last);
    }

    public int first() {
        return Integer.parseInt(value.split("-", 2)[0]);
    }

    public int last() {
        String[] ends = value.split("-", 2);
        return Integer.parseInt(ends[ends.length - 1]);
    }

    public boolean single() {
        return value.indexOf('-') < 0;
    }

    public boolean contains(int port) {
        return first() <= port && port <= last();
    }

    @Override
    public String toString() {
        return value;
    }
}
