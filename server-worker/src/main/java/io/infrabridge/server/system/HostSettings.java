package io.infrabridge.server.system;

import io.infrabridge.contract.Category;
import io.infrabridge.runtime.operation.HostFacts;
import io.infrabridge.runtime.operation.Plan;
import io.infrabridge.runtime.operation.Probed;
import io.infrabridge.runtime.value.MachineName;
import io.infrabridge.runtime.value.TimeZoneName;
import java.util.Optional;

/** How a host keeps its own name and its time zone. Each way to look is followed by what reads just its outputs. */
sealed interface HostSettings permits SystemdSettings {
    /** Absent where they are declared and not set. */
    static Optional<HostSettings> of(HostFacts host) {
        return switch (host.distro()) {
            case UBUNTU, RHEL, OTHER -> Optional.of(new SystemdSettings());
            case NIXOS -> Optional.empty();
        };
    }

    static Plan unsupported(HostFacts host) {
        return Plan.refuse(
                Category.UNSUPPORTED_TARGET,
                host.hostname() + " runs " + host.distro().word() + ", which takes this from its configuration alone.",
                "Change the configuration of the host, or choose another host.");
    }

    Plan lookAtName();

    Plan rename(MachineName name, Probed before);

    String name(Probed seen);

    Plan lookAtZone();

    Plan relocate(TimeZoneName zone, Probed before);

    String zone(Probed seen);
}
