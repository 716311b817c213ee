package io.infrabridge.runtime.value;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** The name of a volume: a dataset of ZFS, a subvolume of btrfs or a logical volume; see zfs(8), lvm(8). */
@Text(
        pattern = "^[a-zA-Z0-9][a-zA-Z0-9_.:+-]*(/[a-zA-Z0-9_:+-][a-zA-Z0-9_.:+-]*){0,31}$",
        longest = 255,
        expected =
                "a volume name of letters, digits and _ . : + -, beginning with a letter or digit; parts after a / begin with no dot",
        example = "production-data")
public record VolumeName(@JsonValue String value) {
    @JsonCreator
    public VolumeName {
        Form.check(VolumeName.class, value);
    }

    @Override
    public String toString() {
        return value;
    }
}
