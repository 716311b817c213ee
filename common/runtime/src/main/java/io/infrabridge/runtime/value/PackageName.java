package io.infrabridge.runtime.value;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/**
 * The name of a package, with or without its architecture; see deb-control(5). It cannot end in a hyphen, which apt-get(8)
 * would read as "remove it".
 */
@Text(
        pattern = "^[a-zA-Z0-9]([a-zA-Z0-9+._~-]{0,126}[a-zA-Z0-9+~])?(:[a-z0-9]([a-z0-9-]{0,14}[a-z0-9])?)?$",
        longest = 145,
        expected =
                "a package name of up to 128 letters, digits and + . _ ~ -, beginning with a letter or digit and not ending in a hyphen",
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
