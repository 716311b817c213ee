package io.infrabridge.runtime.value;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** The name of an account; see useradd(8). */
@Text(
        pattern = "^" + Patterns.ACCOUNT + "$",
        longest = 32,
        expected = "a user name of up to 32 lower-case letters, digits, _ and -, beginning with a letter or _",
        example = "deploy")
public record UserName(@JsonValue String value) {
    @JsonCreator
    public UserName {
        Form.check(UserName.class, value);
    }

    @Override
    public String toString() {
        return value;
    }
}
