package io.infrabridge.server.packages;

import io.infrabridge.contract.Category;
import io.infrabridge.contract.Risk;
import io.infrabridge.contract.Selector;
import io.infrabridge.runtime.operation.Distro;
import io.infrabridge.runtime.operation.HostFacts;
import io.infrabridge.runtime.operation.HostOperation;
import io.infrabridge.runtime.operation.OperationSpec;
import io.infrabridge.runtime.operation.Outputs;
import io.infrabridge.runtime.operation.Plan;
import io.infrabridge.runtime.operation.Probed;
import io.infrabridge.runtime.operation.Step;
import io.infrabridge.runtime.operation.Undo;
import io.infrabridge.runtime.value.PackageName;
import io.infrabridge.server.ServerManage;
import io.infrabridge.server.packages.Foreseen.Named;
import io.infrabridge.server.packages.Inventory.Entry;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Installs packages that are not there yet, at the version that the host's package lists offer; upgrades none of those that
 * are and removes none. Its undo removes what came, dependencies included, and leaves their configuration files.
 */
@Singleton
final class InstallPackages implements HostOperation<PackageList, PackageChanges> {
    @Override
    public OperationSpec<PackageList, PackageChanges> spec() {
        return NixPackages.allowed(OperationSpec.read(
                        ServerManage.TOOL,
                        "Install packages that are not installed yet",
                        PackageList.class,
                        PackageChanges.class,
                        Selector.of("operation", "package"),
                        Selector.of("action", "install"))
                .risking(Risk.CHANGE)
                .runningOn(Distro.UBUNTU, "apt-get", "dpkg-query")
                .runningOn(Distro.RHEL, "dnf", "rpm")
                .runningAsRoot(Apt.AS_ROOT)
                .runningAsRoot(Dnf.AS_ROOT)
                .within(Duration.ofMinutes(30)));
    }

    @Override
    public Plan probe(PackageList in, HostFacts host) {
        if (host.distro() == Distro.NIXOS) {
            return NixPackages.probe(in);
        }
        return PackageManager.of(host)
                .map(manager -> manager.objection(in.packages())
                        .orElseGet(() -> Plan.of(manager.inventory(), manager.simulateInstall(in.packages()))))
                .orElseGet(() -> PackageManager.unsupported(host));
    }

    @Override
    public Plan plan(PackageList in, HostFacts host, Probed before) {
        if (host.distro() == Distro.NIXOS) {
            return NixPackages.install(in, before);
        }
        Inventory inventory = Inventory.parse(before.get(0));
        List<PackageName> missing = in.packages().stream()
                .filter(name -> inventory.installed(name).isEmpty())
                .toList();
        if (missing.isEmpty()) {
            return Plan.nothing();
        }
        PackageManager manager = PackageManager.of(host).orElseThrow();
        Optional<Plan> broken = Refusals.broken(inventory);
        if (broken.isPresent()) {
            return broken.get();
        }
        Foreseen foreseen = manager.foreseen(before.get(1));
        if (foreseen.refusal().isPresent()) {
            return new Plan(List.of(), foreseen.refusal());
        }
        return notExactly(missing, foreseen)
                .or(() -> instead(foreseen))
                .orElseGet(() -> Plan.of(manager.install(in.packages()).undoneBy(undo(manager))));
    }

    @Override
    public PackageChanges parse(PackageList in, Outputs out) {
        return PackageChanges.between(in, out);
    }

    @Override
    public PackageChanges parse(PackageList in, HostFacts host, Outputs out) {
        return host.distro() == Distro.NIXOS ? NixPackages.changes(in, out) : parse(in, out);
    }

    /** Package managers read a name that they do not know as a pattern, or take another package that provides it. */
    private static Optional<Plan> notExactly(List<PackageName> missing, Foreseen foreseen) {
        List<String> coming = foreseen.coming().stream().map(Named::name).toList();
        return missing.stream()
                .filter(name -> foreseen.coming().stream().noneMatch(named -> named.answersTo(name.value())))
                .findFirst()
                .map(name -> Plan.refuse(
                        Category.NOT_FOUND,
                        "There is no package with exactly the name " + name + "; instead would come: "
                                + String.join(", ", coming) + ".",
                        "Name the package itself."));
    }

    private static Optional<Plan> instead(Foreseen foreseen) {
        return foreseen.going().stream()
                .findFirst()
                .map(named -> Plan.refuse(
                        Category.PRECONDITION_FAILED,
                        "It would take the place of " + named.name() + " " + named.version() + ".",
                        "Installing never removes or downgrades other packages; remove it first, if it shall go."));
    }

    private static Undo undo(PackageManager manager) {
        return Undo.difference(
                before -> removal(manager, expected(manager, before)),
                (before, now) -> removal(
                        manager,
                        Difference.between(Inventory.parse(before.get(0)), Inventory.parse(now.get(0)))
                                .came()));
    }

    /** Only what is not there yet: what is foreseen to be upgraded stays. */
    private static List<Entry> expected(PackageManager manager, Probed before) {
        Inventory inventory = Inventory.parse(before.get(0));
        return manager.foreseen(before.get(1)).coming().stream()
                .filter(named -> inventory.installed().stream().noneMatch(named::is))
                .map(Named::installed)
                .toList();
    }

    private static List<Step> removal(PackageManager manager, List<Entry> entries) {
        return entries.isEmpty() ? List.of() : List.of(manager.removeAgain(entries));
    }
}
