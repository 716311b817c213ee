package io.infrabridge.runtime.value;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/**
 * A parameter of the kernel; see sysctl(8). Only families that tune it: others name programs that the kernel starts, weaken what
 * protects it, or cannot be taken back before the next boot.
 */
@Text(
        pattern = "^" + Patterns.SYSCTL + "$",
        longest = 128,
        expected =
                "a kernel parameter of net, of vm, or one of fs and kernel that sets a limit or how a fault is answered",
        example = "net.ipv4.tcp_keepalive_time")
public record SysctlKey(@JsonValue String value) {
    @JsonCreator
    public SysctlKey {
        Form.check(SysctlKey.class, value);
    }

    /** Where the kernel shows it; see proc(5). */
    public String file() {
        return "/proc/sys/" + value.replace('.', '/');
    }

    @Override
    public String toString() {
        return value;
    }
}
