package io.infrabridge.runtime.value;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** Where a package stands in nixpkgs; see nix-env(1). Only names that Nix reads without quotes. */
@Text(
        pattern = "^[a-zA-Z_][a-zA-Z0-9_'-]*(\\.[a-zA-Z_][a-zA-Z0-9_'-]*){0,7}$",
        longest = 128,
        expected =
                "an attribute path of nixpkgs: names of letters, digits and _ - ', each beginning with a letter or _, joined by dots",
        example = "python311Packages.requests")
public record AttributePath(@JsonValue String value) {
    @JsonCreator
    public AttributePath {
        Form.check(AttributePath.class, value);
    }

    @Override
    public String toString() {
        return value;
    }
}
