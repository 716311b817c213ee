package io.infrabridge.runtime.value;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** What a parameter of the kernel is set to: numbers or words between single blanks. */
@Text(
        pattern = "^" + Patterns.SYSCTL_VALUE + "$",
        longest = 128,
        expected = "up to eight numbers or words of letters, digits and . : , _ -, between single blanks",
        example = "600")
public record SysctlValue(@JsonValue String value) {
    @JsonCreator
    public SysctlValue {
        Form.check(SysctlValue.class, value);
    }

    @Override
    public String toString() {
        return value;
    }
}
