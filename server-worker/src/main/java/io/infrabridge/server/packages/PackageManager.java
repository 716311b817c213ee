package io.infrabridge.server.packages;

import io.infrabridge.contract.Category;
import io.infrabridge.runtime.operation.HostFacts;
import io.infrabridge.runtime.operation.Output;
import io.infrabridge.runtime.operation.Plan;
import io.infrabridge.runtime.operation.Run;
import io.infrabridge.runtime.operation.Step;
import io.infrabridge.runtime.value.PackageName;
import io.infrabridge.runtime.value.PackageQuery;
import io.infrabridge.server.packages.Inventory.Entry;
import java.util.List;
import java.util.Optional;

/**
 * How a family of distributions manages packages. Whatever the family, {@link #inventory} prints lines that {@link Inventory}
 * reads, {@link #search} those of {@link FoundPackage}, {@link #held} those of {@link Held}, {@link #newer} those of
 * {@link Newer}.
 */
sealed interface PackageManager permits Apt, Dnf {
    static Optional<PackageManager> of(HostFacts host) {
        return switch (host.distro()) {
            case UBUNTU -> Optional.of(new Apt());
            case RHEL -> Optional.of(new Dnf());
            case NIXOS, OTHER -> Optional.empty();
        };
    }

    static Plan unsupported(HostFacts host) {
        String name = host.osRelease().getOrDefault("PRETTY_NAME", host.distro().word());
        return Plan.refuse(
                Category.UNSUPPORTED_TARGET,
                "Packages of " + host.hostname() + ", which runs " + name + ", cannot be managed.",
                "Supported are NixOS, Debian and Ubuntu with their kin (apt), and RHEL with its kin, such as Rocky, Alma, CentOS,"
                        + " Fedora and Amazon Linux (dnf).");
    }

    /** Why one of these names means something else than a package to it. */
    Optional<Plan> objection(List<PackageName> names);

    /** Lists every package of the host, whatever its state. */
    Run inventory();

    Run held();

    /** Lists what is installed and of which a newer version is offered. */
    Run newer();

    /** Does nothing; says what {@link #install} of the same names would do. */
    Step simulateInstall(List<PackageName> names);

    Run install(List<PackageName> names);

    Step simulateRemove(List<PackageName> names);

    Run remove(List<PackageName> names);

    /** Removes exactly these; for an undo. */
    Run removeAgain(List<Entry> entries);

    /** Installs exactly these versions, which are not there; for an undo. */
    Run restore(List<Entry> entries);

    /** Installs exactly these versions in place of newer ones; for an undo. */
    Run goBack(List<Entry> entries);

    /** What a simulation foresees; a failure where the package manager would not do it. */
    Foreseen foreseen(Output simulation);

    Run search(PackageQuery query);

    Run hold(List<Entry> entries);

    Run unhold(List<Entry> entries);

    /** Prints something where the package lists were fetched within so many minutes. */
    Run lists(int minutes);

    /** Fetches the package lists. */
    Run refresh();

    Updates updates();
}
