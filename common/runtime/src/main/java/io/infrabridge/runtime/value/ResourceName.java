package io.infrabridge.runtime.value;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** The name of a Kubernetes object: an RFC 1123 subdomain. */
@Text(
        pattern = "^[a-z0-9]([a-z0-9.-]*[a-z0-9])?$",
        longest = 253,
        expected = "a lower-case DNS name",
        example = "web-api")
public record ResourceName(@JsonValue String value) {
    @JsonCreator
    public ResourceName {
        Form.check(ResourceName.class, value);
    }

    @Override
    public String toString() {
        return value;
    }
}
