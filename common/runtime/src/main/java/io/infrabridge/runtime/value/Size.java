package io.infrabridge.runtime.value;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** A size with its binary unit, as lvcreate(8) and zfs(8) take it: G is 2^30 bytes. */
@Text(
        pattern = "^[1-9][0-9]{0,11}[KMGT]$",
        longest = 13,
        expected = "a whole number above zero and one of K, M, G, T",
        example = "20G")
public record Size(@JsonValue String value) {
    @JsonCreator
    public Size {
        Form.check(Size.class, value);
    }

    @Override
    public String toString() {
        return value;
    }
}
