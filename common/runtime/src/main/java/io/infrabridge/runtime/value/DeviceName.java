package io.infrabridge.runtime.value;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** A block device by its path below /dev, or by an identity that links to it; see udev(7). */
@Text(
        pattern =
                "^/dev/(((mapper|vg[a-zA-Z0-9_+.-]*|disk/by-(id|uuid|label|path|partuuid|partlabel))/)?[a-zA-Z0-9][a-zA-Z0-9_+.:@=-]*)$",
        longest = 255,
        expected = "a block device below /dev",
        example = "/dev/sdb1")
public record DeviceName(@JsonValue String value) {
    @JsonCreator
    public DeviceName {
        Form.check(DeviceName.class, value);
    }

    @Override
    public String toString() {
        return value;
    }
}
