package io.infrabridge.runtime.value;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** Where the next page of a list begins; callers hand back what they were given and read nothing into it. */
@Text(
        pattern = "^[a-zA-Z0-9][a-zA-Z0-9_:,=+/-]*$",
        longest = 4096,
        expected = "the next_cursor of the page before",
        example = "deployments:eyJ2IjoibWV0YS5rOHMuaW8vdjEifQ")
public record PageCursor(@JsonValue String value) {
    @JsonCreator
    public PageCursor {
        Form.check(PageCursor.class, value);
    }

    @Override
    public String toString() {
        return value;
    }
}
