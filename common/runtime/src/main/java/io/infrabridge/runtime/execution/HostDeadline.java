package io.infrabridge.runtime.execution;

import io.infrabridge.runtime.operation.Run;
import java.time.Duration;
import java.util.Set;

/** Tells from a program's end whether timeout(1) or sudo's {@code -T} ended it. */
public final class HostDeadline {
    // timeout's own status, and 128 + HUP, KILL, ALRM, TERM
    private static final Set<Integer> STATUSES = Set.of(124, 129, 137, 142, 143);

    private HostDeadline() {}

    /** A program may well end with such a status itself; only one that took its whole limit was ended by it. */
    public static boolean ended(Run step, int status, Duration took) {
        return STATUSES.contains(status) && took.compareTo(step.limit()) >= 0;
    }

    /** In whole seconds, as both take them. */
    public static long seconds(Run step) {
        return Math.max(1, (step.limit().toMillis() + 999) / 1000);
    }
}
