package io.infrabridge.runtime.value;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** An absolute path without {@code ..}, empty parts or control characters. */
@Text(
        pattern = "^(/[^/\\u0000-\\u001f\\u007f]+)+/?$|^/$",
        longest = 4096,
        expected = "an absolute path without .. and control characters",
        example = "/srv/data")
public record AbsolutePath(@JsonValue String value) {
    @JsonCreator
    public AbsolutePath {
        Form.check(AbsolutePath.class, value);
        if (java.util.Arrays.asList(value.split("/")).stream()
                .anyMatch(part -> part.equals("..") || part.equals("."))) {
            throw new InvalidValue("expected an absolute path without . and .. parts, such as /srv/data");
        }
    }

    @Override
    public String toString() {
        return value;
    }
}
