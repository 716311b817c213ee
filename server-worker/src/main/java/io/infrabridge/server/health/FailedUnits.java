package io.infrabridge.server.health;

import io.infrabridge.contract.Shortened;
import io.infrabridge.runtime.operation.Output;
import io.infrabridge.runtime.operation.Run;
import java.util.List;
import java.util.Optional;

/** The units that systemd lists as failed; see systemctl(1). */
final class FailedUnits {
    /** See systemd.unit(5). */
    private static final int LONGEST_NAME = 255;

    private FailedUnits() {}

    static Run look() {
        return Run.of(
                        "List the failed units",
                        "systemctl",
                        "list-units",
                        "--failed",
                        "--no-legend",
                        "--plain",
                        "--full")
                .accepting(0, 1, Output.NOT_FOUND);
    }

    /** Nothing is known where the host does not run systemd. */
    static Optional<List<String>> parse(Output listed) {
        return listed.succeeded()
                ? Optional.of(listed.lines().stream().map(FailedUnits::name).toList())
                : Optional.empty();
    }

    private static String name(String line) {
        String listed = line.strip();
        int end = listed.indexOf(' ');
        return Shortened.to(LONGEST_NAME, end < 0 ? listed : listed.substring(0, end));
    }
}
