package io.infrabridge.runtime.value;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** What to look for among package names and summaries. */
@Text(
        pattern = "^[a-zA-Z0-9][a-zA-Z0-9+._-]*( +[a-zA-Z0-9][a-zA-Z0-9+._-]*){0,15}$",
        longest = 128,
        expected = "words of letters, digits and + . _ -, each beginning with a letter or digit",
        example = "web server")
public record PackageQuery(@JsonValue String value) {
    @JsonCreator
    public PackageQuery {
        Form.check(PackageQuery.class, value);
    }

    @Override
    public String toString() {
        return value;
    }
}
