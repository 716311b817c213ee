package io.infrabridge.runtime.allowance;

import java.time.Instant;
import java.util.Optional;

/**
 * Whether an operation had room in its allowances.
 *
 * @param exhausted the first that had none
 */
public record Verdict(Optional<Exhausted> exhausted) {
    public static final Verdict ROOM = new Verdict(Optional.empty());

    static Verdict none(String rule, int most, Instant retryAt) {
        return new Verdict(Optional.of(new Exhausted(rule, most, retryAt)));
    }

    /**
     * An allowance that is used up.
     *
     * @param most how many operations it had
     * @param retryAt when there may be room again
     */
    public record Exhausted(String rule, int most, Instant retryAt) {}
}
