package io.infrabridge.runtime.value;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** The permissions of a file in octal digits, see chmod(1); without setuid and its kin, and nothing that everybody may write. */
@Text(
        pattern = "^0?[0-7]{2}[0145]$",
        longest = 4,
        expected = "three octal digits, with or without a zero before them, that let not everybody write",
        example = "0644")
public record FileMode(@JsonValue String value) {
    @JsonCreator
    public FileMode {
        Form.check(FileMode.class, value);
        // one spelling for one mode, so that it can be compared
        value = value.length() == 3 ? "0" + value : value;
    }

    public int bits() {
        return Integer.parseInt(value, 8);
    }

    @Override
    public String toString() {
        return value;
    }
}
