package io.infrabridge.runtime.value;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** The name of a storage pool: a zpool, a volume group or the label of a btrfs file system. */
@Text(
        pattern = "^[a-zA-Z][a-zA-Z0-9_.-]*$",
        longest = 128,
        expected = "a pool name of letters, digits and _ . -, beginning with a letter",
        example = "tank")
public record PoolName(@JsonValue String value) {
    @JsonCreator
    public PoolName {
        Form.check(PoolName.class, value);
    }

    @Override
    public String toString() {
        return value;
    }
}
