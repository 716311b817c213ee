package io.infrabridge.server.firewall;

import io.infrabridge.contract.Category;
import io.infrabridge.runtime.operation.HostFacts;
import io.infrabridge.runtime.operation.Output;
import io.infrabridge.runtime.operation.Plan;
import io.infrabridge.runtime.operation.Probed;
import io.infrabridge.runtime.operation.Run;
import java.util.List;
import java.util.Optional;

/** How a family of distributions filters packets. */
sealed interface Firewall permits EditedFirewall, NixosFirewall {
    static Optional<Firewall> of(HostFacts host) {
        return switch (host.distro()) {
            case UBUNTU -> Optional.of(new Ufw());
            case RHEL -> Optional.of(new Firewalld());
            case NIXOS -> Optional.of(new NixosFirewall());
            case OTHER -> Optional.empty();
        };
    }

    static Plan unsupported(HostFacts host) {
        return Plan.refuse(
                Category.UNSUPPORTED_TARGET,
                "The firewall of " + host.hostname() + ", which runs "
                        + host.distro().word() + ", cannot be managed yet.",
                "Choose a host that runs Ubuntu, Debian, RHEL or one of their kin, or NixOS.");
    }

    /** Steps that show all of it. */
    List<Run> looks();

    FirewallState state(List<Output> looks);

    /**
     * What brings a rule about, or takes it away, or why that must not be.
     *
     * @param before the probe of a {@link RuleChange}
     */
    Plan plan(RuleInput in, boolean wanted, Probed before);
}
