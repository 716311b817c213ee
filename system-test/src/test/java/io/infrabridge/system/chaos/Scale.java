package io.infrabridge.system.chaos;

import java.time.Duration;

/**
 * How much is done; the short form by default.
 *
 * @param seed decides every fault and every request, though not how threads and processes interleave
 * @param operations how many are asked for at most
 * @param longest after this long no more are asked for
 * @param settled within this long after the last fault everything must have ended
 */
record Scale(long seed, int operations, Duration longest, Duration settled) {
    private static final int SHORT = 300;
    /**
     * What a killed worker had started on a host is looked at again when it can no longer be alive there: for systemctl that is
     * 126 s after its start. All other changes of the host wait behind it.
     */
    private static final Duration AFTER_A_KILL = Duration.ofMinutes(4);

    static Scale chosen() {
        long seed = Long.getLong("infrabridge.chaos.seed", 4);
        int operations = Integer.getInteger("infrabridge.chaos.operations", SHORT);
        return operations <= SHORT
                ? new Scale(seed, operations, Duration.ofSeconds(45), AFTER_A_KILL)
                : new Scale(seed, operations, Duration.ofMinutes(40), Duration.ofMinutes(6));
    }

    int clients() {
        return patient() ? 18 : 6;
    }

    /** In the short form parts hardly come back before they are hit again; a long one made so would show little else. */
    int slowness() {
        return patient() ? 2 : 1;
    }

    /** Fewer accepted operations than this would show little. */
    int least() {
        return patient() ? operations * 4 / 5 : 40;
    }

    /** Whether an operation whose time nobody limits can be waited for. */
    boolean patient() {
        return operations > SHORT;
    }
}
