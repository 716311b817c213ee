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
 * Removes packages and keeps their configuration files. Nothing goes that was not asked for: where others depend on what
 * is to go, the plan is refused and names them. The undo installs the same versions again.
 */
@Singleton
final class RemovePackages implements HostOperation<PackageList, PackageChanges> {
    @Override
    public OperationSpec<PackageList, PackageChanges> spec() {
        return NixPackages.allowed(OperationSpec.read(
                        ServerManage.TOOL,
                        "Remove packages, and only these",
                        PackageList.class,
                        PackageChanges.class,
                        Selector.of("operation", "package"),
                        Selector.of("action", "remove"))
                .risking(Risk.CHANGE)
                .runningOn(Distro.UBUNTU, "apt-get", "apt-mark", "dpkg-query")
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
                        .orElseGet(() ->
                                Plan.of(manager.inventory(), manager.simulateRemove(in.packages()), manager.held())))
                .orElseGet(() -> PackageManager.unsupported(host));
    }

    @Override
    public Plan plan(PackageList in, HostFacts host, Probed before) {
        if (host.distro() == Distro.NIXOS) {
            return NixPackages.remove(in, before);
        }
        Inventory inventory = Inventory.parse(before.get(0));
        List<Entry> there = in.packages().stream()
                .flatMap(name -> inventory.installed(name).stream())
                .toList();
        if (there.isEmpty()) {
            return Plan.nothing();
        }
        PackageManager manager = PackageManager.of(host).orElseThrow();
        Held held = Held.parse(before.get(2));
        return there.stream()
                .filter(ProtectedPackages::contain)
                .findFirst()
                .map(RemovePackages::isProtected)
                .or(() -> Refusals.broken(inventory))
                .or(() -> Refusals.held(there.stream().filter(held::contain).toList(), "removed"))
                .or(() -> more(in, manager.foreseen(before.get(1))))
                .orElseGet(() -> Plan.of(manager.remove(in.packages()).undoneBy(undo(manager, there))));
    }

    @Override
    public PackageChanges parse(PackageList in, Outputs out) {
        return PackageChanges.between(in, out);
    }

    @Override
    public PackageChanges parse(PackageList in, HostFacts host, Outputs out) {
        return host.distro() == Distro.NIXOS ? NixPackages.changes(in, out) : parse(in, out);
    }

    private static Plan isProtected(Entry entry) {
        return Plan.refuse(
                Category.PRECONDITION_FAILED,
                entry.name() + " is protected: without it the host could not be reached, booted or repaired.",
                "Leave it out of packages.");
    }

    private static Optional<Plan> more(PackageList in, Foreseen foreseen) {
        if (foreseen.refusal().isPresent()) {
            return Optional.of(new Plan(List.of(), foreseen.refusal()));
        }
        List<String> others = foreseen.going().stream()
                .filter(named -> in.packages().stream().noneMatch(name -> asked(name, named)))
                .map(Named::name)
                .toList();
        if (!others.isEmpty()) {
            return Optional.of(Plan.refuse(
                    Category.PRECONDITION_FAILED,
                    "These depend on it and would go too: " + String.join(", ", others) + ".",
                    "Name them in packages as well, if they shall go."));
        }
        return foreseen.coming().stream()
                .findFirst()
                .map(named -> Plan.refuse(
                        Category.PRECONDITION_FAILED,
                        "The removal would install " + named.name() + " instead.",
                        "Name the packages exactly as they are called on the host."));
    }

    /** apt-get does not tell the architecture of what would go. */
    private static boolean asked(PackageName name, Named going) {
        return going.answersTo(name.value()) || going.name().equals(name.value().split(":")[0]);
    }

    private static Undo undo(PackageManager manager, List<Entry> there) {
        return Undo.difference(before -> List.of(manager.restore(there)), (before, now) -> {
            List<Entry> gone = Difference.between(Inventory.parse(before.get(0)), Inventory.parse(now.get(0)))
                    .went();
            return gone.isEmpty() ? List.<Step>of() : List.of(manager.restore(gone));
        });
    }
}
