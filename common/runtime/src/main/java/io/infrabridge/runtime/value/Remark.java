package io.infrabridge.runtime.value;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** One line of free text for people. */
@Text(
        pattern = "^[^\\u0000-\\u0020\\u007f-][^\\u0000-\\u001f\\u007f]*$",
        longest = 200,
        expected = "one line of text that does not begin with a hyphen or a blank",
        example = "before the upgrade to 2.0")
public record Remark(@JsonValue String value) {
    @JsonCreator
    public Remark {
        Form.check(Remark.class, value);
    }

    @Override
    public String toString() {
        return value;
    }
}
