package io.infrabridge.server.packages;

import io.infrabridge.runtime.operation.Outputs;
import io.infrabridge.server.packages.Inventory.Entry;
import java.util.List;

/** Which of the packages that were asked for stay at their versions. */
record PackageHolds(List<Hold> packages) {
    PackageHolds {
        packages = List.copyOf(packages);
    }

    static PackageHolds of(PackageList asked, Outputs out) {
        Inventory inventory = Inventory.parse(out.after().get(0));
        Held before = Held.parse(out.before().get(1));
        Held after = Held.parse(out.after().get(1));
        return new PackageHolds(asked.packages().stream()
                .flatMap(name -> inventory.installed(name).stream())
                .map(entry -> of(entry, before, after))
                .toList());
    }

    private static Hold of(Entry entry, Held before, Held after) {
        boolean held = after.contain(entry);
        return new Hold(entry.name(), entry.version(), held, held != before.contain(entry));
    }

    /** One package. */
    record Hold(String name, String version, boolean held, boolean changed) {}
}
