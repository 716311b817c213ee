package io.infrabridge.runtime.value;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** A namespace of Kubernetes: an RFC 1123 label. */
@Text(pattern = "^" + Patterns.LABEL + "$", longest = 63, expected = "a lower-case DNS label", example = "production")
public record Namespace(@JsonValue String value) {
    @JsonCreator
    public Namespace {
        Form.check(Namespace.class, value);
    }

    @Override
    public String toString() {
        return value;
    }
}
