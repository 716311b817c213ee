package io.infrabridge.runtime.value;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/**
 * An absolute path of printable ASCII of up to 64 parts, without {@code .}, {@code ..} and empty ones; a slash at its end is dropped. Other
 * scripts are refused, because whoever approves a plan must see which path it is.
 */
@Text(
        pattern = "^((/" + Patterns.PART + "){1,64}/?|/)$",
        longest = 1024,
        expected = "an absolute path of printable ASCII without . and .. parts",
        example = "/srv/data")
public record AbsolutePath(@JsonValue String value) {
    @JsonCreator
    public AbsolutePath {
        Form.check(AbsolutePath.class, value);
        // one spelling for one place, so that it can be compared with what a host says
        if (value.length() > 1 && value.endsWith("/")) {
            value = value.substring(0, value.length() - 1);
        }
    }

    /** Whether it is this directory or lies in it, by name. */
    public boolean within(AbsolutePath directory) {
        return value.equals(directory.value)
                || value.startsWith(directory.value.equals("/") ? "/" : directory.value + "/");
    }

    @Override
    public String toString() {
        return value;
    }
}
