package io.infrabridge.trust.policy;

import java.time.Duration;
import java.time.ZoneId;

/** How often something may be done that the policy counts. */
public sealed interface Allowance {
    /** The rule that counts, such as {@code limit:packages}. */
    String rule();

    /** How many operations, at least 1. */
    int operations();

    /** For each target by itself: so many at once, and as many again over the period. */
    record PerTarget(String rule, int operations, Duration period) implements Allowance {}

    /** For all of a domain's workers together: so many in each period, periods counted from 1970. */
    record PerDomain(String rule, int operations, Duration period) implements Allowance {}

    /**
     * For all workers together: so many on each day.
     *
     * @param subject who shares it: a caller, or everybody whom the rule concerns where it is empty
     */
    record PerDay(String rule, String subject, int operations, ZoneId zone) implements Allowance {}
}
