package io.infrabridge.runtime.value;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** The name of a package; see deb-control(5). */
@Text(
        pattern = "^[a-z0-9A-Z][a-zA-Z0-9+._:~-]*$",
        longest = 128,
        expected = "a package name of letters, digits and + . _ : ~ -, beginning with a letter or digit",
        example = "nginx")
public record PackageName(@JsonValue String value) {
    @JsonCreator
    public PackageName {
        Form.check(PackageName.class, value);
    }

    @Override
    public String toString() {
        return value;
    }
}
