package io.infrabridge.server.packages;

import io.infrabridge.runtime.operation.Outputs;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What an installation or removal has done.
 *
 * @param packages those that were asked for
 * @param others those that changed along with them
 */
record PackageChanges(List<PackageChange> packages, List<PackageChange> others) {
    PackageChanges {
        packages = List.copyOf(packages);
        others = List.copyOf(others);
    }

    static PackageChanges between(PackageList asked, Outputs out) {
        Inventory before = Inventory.parse(out.before().get(0));
        Inventory after = Inventory.parse(out.after().get(0));
        Difference difference = Difference.between(before, after);
        List<Inventory.Entry> came = difference.changed();
        List<Inventory.Entry> went = difference.went();
        return new PackageChanges(
                asked.packages().stream()
                        .map(name -> {
                            Optional<Inventory.Entry> entry = after.installed(name);
                            boolean changed = Stream.concat(came.stream(), went.stream())
                                    .anyMatch(each -> each.answersTo(name.value()));
                            return new PackageChange(
                                    name.value(),
                                    entry.map(Inventory.Entry::version),
                                    entry.isPresent() ? PackageState.INSTALLED : PackageState.ABSENT,
                                    changed);
                        })
                        .toList(),
                Stream.concat(
                                came.stream().map(each -> change(each, PackageState.INSTALLED)),
                                went.stream().map(each -> change(each, PackageState.ABSENT)))
                        .filter(change -> asked.packages().stream()
                                .noneMatch(name -> name.value().equals(change.name())))
                        .toList());
    }

    private static PackageChange change(Inventory.Entry entry, PackageState state) {
        return new PackageChange(entry.name(), Optional.of(entry.version()), state, true);
    }

    /** One package as it is now; the version is the one that went for one that is no longer there. */
    record PackageChange(String name, Optional<String> version, PackageState state, boolean changed) {}
}
