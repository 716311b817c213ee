package io.infrabridge.runtime.worker;

import io.infrabridge.contract.Category;
import io.infrabridge.contract.Command;
import io.infrabridge.contract.Failure;
import io.infrabridge.contract.Topics;
import io.infrabridge.trust.InvalidConfiguration;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * How far from now the times of a command may be. The ledger forgets after {@link Topics#LEDGER_RETENTION}; because no deadline
 * is further ahead than {@code longest}, the deadline of whatever it has forgotten passed at least {@code memory()} ago.
 *
 * @param longest the longest time from now to a deadline
 */
record TimeLimits(Duration longest, Clock clock) {
    /** How far the clocks of two services may be apart. */
    static final Duration SKEW = Duration.ofSeconds(60);

    private static final Duration MOST = Topics.LEDGER_RETENTION.minusDays(1);

    TimeLimits {
        if (longest.isNegative() || longest.isZero() || longest.compareTo(MOST) > 0) {
            throw new InvalidConfiguration(
                    "infrabridge.worker.longest-deadline must be more than zero and at most " + MOST.toHours() + "h");
        }
    }

    /** Whether the command may have been executed and forgotten since: a replay that the ledger would not notice. */
    boolean forgotten(Command command) {
        return command.deadline().isBefore(clock.instant().minus(memory()));
    }

    /** What is wrong with the times of a command that is not forgotten. A deadline that has passed is for the executor. */
    Optional<Failure> objection(Command command) {
        Instant now = clock.instant();
        if (command.createdAt().isAfter(now.plus(SKEW))) {
            return Optional.of(Failure.of(
                    Category.INVALID_REQUEST,
                    "The command says that it was created at " + command.createdAt() + ", which is yet to come.",
                    "Compare the clock of its issuer with that of this worker."));
        }
        if (command.deadline().isAfter(now.plus(longest).plus(SKEW))) {
            return Optional.of(Failure.of(
                    Category.INVALID_REQUEST,
                    "The deadline " + command.deadline() + " is further ahead than the " + longest.toHours()
                            + " hours that a command may wait and run.",
                    "Choose an earlier deadline."));
        }
        return Optional.empty();
    }

    private Duration memory() {
        return Topics.LEDGER_RETENTION.minus(longest);
    }
}
