package io.infrabridge.server.health;

import io.infrabridge.runtime.operation.Output;
import io.infrabridge.runtime.operation.Run;
import java.util.Optional;

/** Whether the clock follows others, by whatever program does that; see timedatectl(1). */
final class Clock {
    private static final String PROPERTY = "NTPSynchronized=";

    private Clock() {}

    static Run look() {
        return Run.of("Ask whether the clock is synchronized", "timedatectl", "show", "--property=NTPSynchronized")
                .accepting(0, 1, Output.NOT_FOUND);
    }

    /** Nothing is known where timedatectl is not there, or nobody answers it. */
    static Optional<Boolean> parse(Output shown) {
        return shown.lines().stream()
                .map(String::strip)
                .filter(line -> line.equals(PROPERTY + "yes") || line.equals(PROPERTY + "no"))
                .findFirst()
                .map(line -> line.endsWith("yes"));
    }
}
