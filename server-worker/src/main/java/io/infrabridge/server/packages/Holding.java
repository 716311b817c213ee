package io.infrabridge.server.packages;

import io.infrabridge.contract.Category;
import io.infrabridge.runtime.operation.Distro;
import io.infrabridge.runtime.operation.HostFacts;
import io.infrabridge.runtime.operation.Plan;
import io.infrabridge.runtime.operation.Probed;
import io.infrabridge.runtime.operation.Run;
import io.infrabridge.runtime.operation.Step;
import io.infrabridge.runtime.operation.Undo;
import io.infrabridge.server.packages.Inventory.Entry;
import java.util.List;

/** What holding packages and releasing them have in common: each is the other's undo. */
final class Holding {
    private final PackageManager manager;
    private final boolean hold;

    private Holding(PackageManager manager, boolean hold) {
        this.manager = manager;
        this.hold = hold;
    }

    static Plan probe(PackageList in, HostFacts host) {
        if (host.distro() == Distro.NIXOS) {
            return Plan.refuse(
                    Category.UNSUPPORTED_TARGET,
                    "NixOS holds no single packages: all of them come from one revision of its channels.",
                    "Pin a package in the configuration of the host, such as by an overlay that takes it from another nixpkgs;"
                            + " without action=update, the channels stay where they are.");
        }
        return PackageManager.of(host)
                .map(manager ->
                        manager.objection(in.packages()).orElseGet(() -> Plan.of(manager.inventory(), manager.held())))
                .orElseGet(() -> PackageManager.unsupported(host));
    }

    static Plan plan(PackageList in, HostFacts host, Probed before, boolean hold) {
        return new Holding(PackageManager.of(host).orElseThrow(), hold).plan(in, before);
    }

    private Plan plan(PackageList in, Probed before) {
        Inventory inventory = Inventory.parse(before.get(0));
        Held held = Held.parse(before.get(1));
        if (!held.possible()) {
            return Plan.refuse(
                    Category.PROGRAM_MISSING,
                    "dnf has no plugin versionlock on this host, which holds packages.",
                    "Install python3-dnf-plugin-versionlock.");
        }
        return in.packages().stream()
                .filter(name -> inventory.installed(name).isEmpty())
                .findFirst()
                .map(name -> Refusals.notInstalled(name.value()))
                .orElseGet(() -> change(asked(in, inventory).stream()
                        .filter(entry -> held.contain(entry) != hold)
                        .toList()));
    }

    private Plan change(List<Entry> entries) {
        return entries.isEmpty()
                ? Plan.nothing()
                : Plan.of(step(entries, hold).undoneBy(Undo.difference(before -> back(entries), (before, now) -> {
                    Held was = Held.parse(before.get(1));
                    Held is = Held.parse(now.get(1));
                    return back(entries.stream()
                            .filter(entry -> was.contain(entry) != is.contain(entry))
                            .toList());
                })));
    }

    private List<Step> back(List<Entry> entries) {
        return entries.isEmpty() ? List.of() : List.of(step(entries, !hold));
    }

    private Run step(List<Entry> entries, boolean holding) {
        return holding ? manager.hold(entries) : manager.unhold(entries);
    }

    private static List<Entry> asked(PackageList in, Inventory inventory) {
        return in.packages().stream()
                .flatMap(name -> inventory.installed(name).stream())
                .toList();
    }
}
