package io.infrabridge.server.firewall;

import io.infrabridge.runtime.operation.Confirm;
import io.infrabridge.runtime.value.Between;
import io.infrabridge.runtime.value.InvalidValue;
import java.time.Duration;
import java.util.Optional;

/**
 * A rule that is to be there, or not to be.
 *
 * @param force even where the rule would cut the connection by which the host is reached; it still has to prove itself
 * @param confirmWithinSeconds after so long a risky change is taken back by the host itself, unless a new connection came by then
 */
record RuleInput(
        FirewallRule firewallRule,
        Optional<Boolean> force,

        @Between(least = RuleInput.SHORTEST, most = RuleInput.LONGEST)
        Optional<Integer> confirmWithinSeconds) {
    static final int SHORTEST = 5;
    static final int LONGEST = 300;
    private static final int USUAL = 30;

    RuleInput {
        if (confirmWithinSeconds
                .filter(seconds -> seconds < SHORTEST || seconds > LONGEST)
                .isPresent()) {
            throw new InvalidValue("confirm_within_seconds: expected " + SHORTEST + " to " + LONGEST);
        }
    }

    boolean forced() {
        return force.orElse(false);
    }

    /** Whether it takes away a way to the host, be it not ours. */
    boolean mayShutOut(boolean wanted) {
        return !wanted || !firewallRule.allows() || forced();
    }

    int seconds() {
        return confirmWithinSeconds.orElse(USUAL);
    }

    /** In time for what it proves to be kept. */
    Confirm proof() {
        return new Confirm("Come to the host by a new connection", Duration.ofSeconds(Math.max(2, seconds() * 2L / 3)));
    }
}
