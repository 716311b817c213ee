package io.infrabridge.server.firewall;

import io.infrabridge.contract.Category;
import io.infrabridge.runtime.operation.HostFacts;
import io.infrabridge.runtime.operation.Output;
import io.infrabridge.runtime.operation.Plan;
import io.infrabridge.runtime.operation.Run;
import java.util.List;
import java.util.Optional;

/** How a family of distributions filters packets. */
sealed interface Firewall permits Ufw, Firewalld {
    static Optional<Firewall> of(HostFacts host) {
        return switch (host.distro()) {
            case UBUNTU -> Optional.of(new Ufw());
            case RHEL -> Optional.of(new Firewalld());
            case NIXOS, OTHER -> Optional.empty();
        };
    }

    /** The state of whichever firewall looked so; each looks a different number of times. */
    static FirewallState seen(List<Output> looks) {
        Firewall firewall = new Ufw();
        return (firewall.looks().size() == looks.size() ? firewall : new Firewalld()).state(looks);
    }

    static Plan unsupported(HostFacts host) {
        return Plan.refuse(
                Category.UNSUPPORTED_TARGET,
                "The firewall of " + host.hostname() + ", which runs "
                        + host.distro().word() + ", cannot be managed yet.",
                "Choose a host that runs Ubuntu, Debian, RHEL or one of their kin.");
    }

    /** Steps that show all of it. */
    List<Run> looks();

    FirewallState state(List<Output> looks);

    /** Why it cannot be changed as it is now. */
    Optional<Plan> unchangeable(FirewallState state);

    /** What is left to do until a rule is there, or until it is not. */
    List<Edit> edits(FirewallState state, FirewallRule rule, boolean wanted);

    /** The commands that take these edits back, without anybody's help. */
    List<List<String>> reverts(List<Edit> edits);
}
