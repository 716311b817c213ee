package io.infrabridge.runtime.value;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;

/** An absolute path without {@code ..}, empty parts or control characters; a slash at its end is dropped. */
@Text(
        pattern = "^(/[^/\\u0000-\\u001f\\u007f]+)+/?$|^/$",
        longest = 4096,
        expected = "an absolute path without .. and control characters",
        example = "/srv/data")
public record AbsolutePath(@JsonValue String value) {
    @JsonCreator
    public AbsolutePath {
        Form.check(AbsolutePath.class, value);
        if (Arrays.stream(value.split("/")).anyMatch(part -> part.equals("..") || part.equals("."))) {
            throw new InvalidValue("expected an absolute path without . and .. parts, such as /srv/data");
        }
        // one spelling for one place, so that it can be compared with what a host says
        if (value.length() > 1 && value.endsWith("/")) {
            value = value.substring(0, value.length() - 1);
        }
    }

    @Override
    public String toString() {
        return value;
    }
}
