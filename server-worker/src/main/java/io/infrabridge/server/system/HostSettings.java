package io.infrabridge.server.system;

import io.infrabridge.runtime.operation.HostFacts;
import io.infrabridge.runtime.operation.Plan;
import io.infrabridge.runtime.operation.Probed;
import io.infrabridge.runtime.value.MachineName;
import io.infrabridge.runtime.value.TimeZoneName;

/** How a host keeps its own name and its time zone. Each way to look is followed by what reads just its outputs. */
sealed interface HostSettings permits SystemdSettings, DeclaredSettings {
    static HostSettings of(HostFacts host) {
        return switch (host.distro()) {
            case UBUNTU, RHEL, OTHER -> new SystemdSettings();
            case NIXOS -> new DeclaredSettings(new SystemdSettings());
        };
    }

    Plan lookAtName();

    Plan rename(MachineName name, Probed before);

    String name(Probed seen);

    Plan lookAtZone();

    Plan relocate(TimeZoneName zone, Probed before);

    String zone(Probed seen);
}
