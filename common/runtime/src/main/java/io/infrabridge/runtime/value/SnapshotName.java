package io.infrabridge.runtime.value;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** The name of a snapshot, unique within its volume. */
@Text(
        pattern = "^[a-zA-Z0-9][a-zA-Z0-9_.:-]*$",
        longest = 128,
        expected = "a snapshot name of letters, digits and _ . : -, beginning with a letter or digit",
        example = "pre-upgrade-2025-11-26")
public record SnapshotName(@JsonValue String value) {
    @JsonCreator
    public SnapshotName {
        Form.check(SnapshotName.class, value);
    }

    @Override
    public String toString() {
        return value;
    }
}
