package io.infrabridge.server.packages;

import io.infrabridge.contract.Category;
import io.infrabridge.runtime.operation.HostFacts;
import io.infrabridge.runtime.operation.Output;
import io.infrabridge.runtime.operation.Plan;
import io.infrabridge.runtime.operation.Run;
import io.infrabridge.runtime.value.PackageName;
import io.infrabridge.runtime.value.PackageQuery;
import java.util.List;
import java.util.Optional;

/**
 * How a family of distributions manages packages. Whatever the family, {@link #inventory} prints lines that
 * {@link Inventory} reads, and {@link #search} lines that {@link FoundPackage} reads.
 */
sealed interface PackageManager permits Apt {
    static Optional<PackageManager> of(HostFacts host) {
        return switch (host.distro()) {
            case UBUNTU -> Optional.of(new Apt());
            case NIXOS, RHEL, OTHER -> Optional.empty();
        };
    }

    static Plan unsupported(HostFacts host) {
        return Plan.refuse(
                Category.UNSUPPORTED_TARGET,
                "Packages of " + host.hostname() + ", which runs "
                        + host.distro().word() + ", cannot be managed yet.",
                "Choose a host that runs Ubuntu or Debian.");
    }

    /** Lists every package of the host, whatever its state. */
    Run inventory();

    /** Does nothing; says what {@link #install} of the same names would do. */
    Run simulateInstall(List<PackageName> names);

    Run install(List<PackageName> names);

    Run simulateRemove(List<PackageName> names);

    Run remove(List<PackageName> names);

    /** Installs exactly these versions; for an undo. */
    Run restore(List<Inventory.Entry> entries);

    /** What a simulation foresees; a failure where the package manager would not do it. */
    Foreseen foreseen(Output simulation);

    Run search(PackageQuery query);
}
