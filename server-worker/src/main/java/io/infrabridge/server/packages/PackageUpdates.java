package io.infrabridge.server.packages;

import io.infrabridge.runtime.operation.Outputs;
import io.infrabridge.server.packages.Inventory.Entry;
import io.infrabridge.server.packages.PackageChanges.PackageChange;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What an update has done.
 *
 * @param others what came or went along with it
 * @param keptBack what was asked for and could not be updated, or is held
 * @param listsRefreshed whether the package lists were fetched before
 */
record PackageUpdates(
        List<Update> updated, List<PackageChange> others, List<KeptBack> keptBack, boolean listsRefreshed) {
    PackageUpdates {
        updated = List.copyOf(updated);
        others = List.copyOf(others);
        keptBack = List.copyOf(keptBack);
    }

    static PackageUpdates between(UpdatePackages.Input in, Outputs out) {
        UpdatesSeen before = UpdatesSeen.of(out.before());
        UpdatesSeen after = UpdatesSeen.of(out.after());
        return of(
                Difference.between(before.inventory(), after.inventory()),
                keptBack(in, after),
                in.refreshing() && !before.fresh() && !out.steps().isEmpty());
    }

    static PackageUpdates of(Difference difference, List<KeptBack> keptBack, boolean listsRefreshed) {
        return new PackageUpdates(
                difference.renewed().stream()
                        .map(entry -> update(entry, difference.former()))
                        .toList(),
                Stream.concat(
                                difference.came().stream().map(entry -> change(entry, PackageState.INSTALLED)),
                                difference.went().stream().map(entry -> change(entry, PackageState.ABSENT)))
                        .toList(),
                keptBack,
                listsRefreshed);
    }

    private static Update update(Entry renewed, List<Entry> former) {
        String from = former.stream()
                .filter(entry -> entry.name().equals(renewed.name())
                        && entry.architecture().equals(renewed.architecture()))
                .findFirst()
                .map(Entry::version)
                .orElse("");
        return new Update(renewed.name(), from, renewed.version());
    }

    private static PackageChange change(Entry entry, PackageState state) {
        return new PackageChange(entry.name(), Optional.of(entry.version()), state, true);
    }

    /** Of security updates it is not told which are kept back, only what is held. */
    private static List<KeptBack> keptBack(UpdatePackages.Input in, UpdatesSeen seen) {
        return seen.inventory().installed().stream()
                .filter(entry ->
                        in.packages().isEmpty() || in.named().stream().anyMatch(name -> entry.answersTo(name.value())))
                .filter(entry -> !in.onlySecurity() || seen.held().contain(entry))
                .flatMap(entry -> seen.newer().of(entry).stream()
                        .map(offer -> new KeptBack(
                                entry.name(),
                                entry.version(),
                                offer.version(),
                                seen.held().contain(entry))))
                .toList();
    }

    /** One package at its new version. */
    record Update(String name, String from, String to) {}

    /** One package that stays at its version although there is a newer one. */
    record KeptBack(String name, String version, String availableVersion, boolean held) {}
}
