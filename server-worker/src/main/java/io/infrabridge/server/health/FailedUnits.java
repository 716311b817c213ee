package io.infrabridge.server.health;

import io.infrabridge.runtime.operation.Output;
import io.infrabridge.runtime.operation.UnexpectedOutput;
import java.util.List;

/** The units that systemd lists as failed; none on a host that does not run systemd. */
final class FailedUnits {
    private FailedUnits() {}

    static List<String> parse(Output listed) {
        if (listed.succeeded()) {
            return listed.lines().stream()
                    .map(line -> line.strip().split("\\s+")[0])
                    .toList();
        }
        if (listed.missing() || listed.error().contains("not been booted with systemd")) {
            return List.of();
        }
        throw new UnexpectedOutput("systemctl: " + listed.error());
    }
}
