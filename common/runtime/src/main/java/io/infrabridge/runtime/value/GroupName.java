package io.infrabridge.runtime.value;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** The name of a group of accounts; see groupadd(8). */
@Text(
        pattern = "^" + Patterns.ACCOUNT + "$",
        longest = 32,
        expected = "a group name of up to 32 lower-case letters, digits, _ and -, beginning with a letter or _",
        example = "adm")
public record GroupName(@JsonValue String value) {
    @JsonCreator
    public GroupName {
        Form.check(GroupName.class, value);
    }

    @Override
    public String toString() {
        return value;
    }
}
