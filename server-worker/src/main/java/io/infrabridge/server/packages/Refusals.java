package io.infrabridge.server.packages;

import io.infrabridge.contract.Category;
import io.infrabridge.runtime.operation.Plan;
import io.infrabridge.server.packages.Inventory.Entry;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Why packages of a host are left as they are. */
final class Refusals {
    private Refusals() {}

    /** No package manager gets past what was broken off before, and it must not be us who guess how to mend it. */
    static Optional<Plan> broken(Inventory inventory) {
        List<Entry> broken = inventory.broken();
        return broken.isEmpty()
                ? Optional.empty()
                : Optional.of(Plan.refuse(
                        Category.PRECONDITION_FAILED,
                        "The host has packages that are not wholly installed: "
                                + broken.stream()
                                        .map(entry -> entry.name() + " " + entry.version() + " is " + entry.state())
                                        .collect(Collectors.joining(", "))
                                + ".",
                        "Unless another package manager is at work, run 'dpkg --configure -a' on the host, then 'apt-get"
                                + " --fix-broken install'."));
    }

    static Optional<Plan> held(Collection<Entry> entries, String what) {
        return entries.isEmpty()
                ? Optional.empty()
                : Optional.of(Plan.refuse(
                        Category.PRECONDITION_FAILED,
                        "Held packages are not " + what + ": " + listed(entries) + ".",
                        "Release them first (operation=package, action=unhold)."));
    }

    static Plan notInstalled(String name) {
        return Plan.refuse(
                Category.NOT_FOUND,
                name + " is not installed.",
                "List what is (operation=package, action=list), or install it (action=install).");
    }

    private static String listed(Collection<Entry> entries) {
        return entries.stream()
                .map(entry -> entry.name() + " " + entry.version())
                .collect(Collectors.joining(", "));
    }
}
