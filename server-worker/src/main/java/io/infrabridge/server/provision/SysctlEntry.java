package io.infrabridge.server.provision;

import io.infrabridge.runtime.value.SysctlKey;
import io.infrabridge.runtime.value.SysctlValue;

/** A parameter of the kernel and what it shall be, now and after each boot. */
record SysctlEntry(SysctlKey key, SysctlValue value) {
    SysctlEntry {
        Given.present(key, "key");
        Given.present(value, "value");
    }
}
