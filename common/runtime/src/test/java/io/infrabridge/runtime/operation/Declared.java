package io.infrabridge.runtime.operation;

import java.util.List;

/** Programs as an operation would declare them, for tests of what enforces that. */
public final class Declared {
    private Declared() {}

    public static Programs everywhere(String... names) {
        return Programs.none().and(Programs.everywhere(), names);
    }

    public static Programs on(Distro distro, String... names) {
        return Programs.none().and(java.util.Set.of(distro), names);
    }

    public static Programs asRoot(String program, String... templates) {
        return everywhere(program).andAsRoot(List.of(templates));
    }
}
