package io.infrabridge.runtime.value;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** The version of a package; see deb-version(7) and rpm-version(7). */
@Text(
        pattern = "^[a-zA-Z0-9][a-zA-Z0-9.+:~^_-]*$",
        longest = 128,
        expected = "a package version of letters, digits and . + : ~ ^ _ -, beginning with a letter or digit",
        example = "1:1.22.1-9+deb12u2")
public record PackageVersion(@JsonValue String value) {
    @JsonCreator
    public PackageVersion {
        Form.check(PackageVersion.class, value);
    }

    @Override
    public String toString() {
        return value;
    }
}
