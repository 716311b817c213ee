package io.infrabridge.server.packages;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toList;

import io.infrabridge.server.packages.Inventory.Entry;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What became of a host's packages between two looks.
 *
 * @param came what was not there before, also what is only half installed
 * @param former what is there at another version now, as it was
 * @param renewed the same, as it is
 * @param went what was installed and is no longer
 */
record Difference(List<Entry> came, List<Entry> former, List<Entry> renewed, List<Entry> went) {
    Difference {
        came = List.copyOf(came);
        former = List.copyOf(former);
        renewed = List.copyOf(renewed);
        went = List.copyOf(went);
    }

    static Difference between(Inventory before, Inventory after) {
        Map<String, List<Entry>> was = bySlot(before);
        Map<String, List<Entry>> is = bySlot(after);
        List<Entry> came = new ArrayList<>();
        List<Entry> former = new ArrayList<>();
        List<Entry> renewed = new ArrayList<>();
        List<Entry> went = new ArrayList<>();
        Set<String> slots = new LinkedHashSet<>(is.keySet());
        slots.addAll(was.keySet());
        for (String slot : slots) {
            List<Entry> old = was.getOrDefault(slot, List.of());
            List<Entry> now = is.getOrDefault(slot, List.of());
            boolean replaced = old.size() == 1
                    && now.size() == 1
                    && !old.get(0).version().equals(now.get(0).version());
            if (replaced) {
                former.addAll(old);
                renewed.addAll(now);
            } else {
                // of kernels rpm keeps several versions beside each other: each is a package of its own
                now.stream().filter(entry -> !hasVersion(old, entry)).forEach(came::add);
                old.stream()
                        .filter(entry -> entry.installed() && !isInstalled(now, entry))
                        .forEach(went::add);
            }
        }
        return new Difference(came, former, renewed, went);
    }

    /** What came, and what is there at another version. */
    List<Entry> changed() {
        List<Entry> all = new ArrayList<>(came);
        all.addAll(renewed);
        return all;
    }

    private static boolean hasVersion(List<Entry> entries, Entry entry) {
        return entries.stream().anyMatch(other -> other.version().equals(entry.version()));
    }

    private static boolean isInstalled(List<Entry> entries, Entry entry) {
        return entries.stream()
                .anyMatch(other -> other.installed() && other.version().equals(entry.version()));
    }

    private static Map<String, List<Entry>> bySlot(Inventory inventory) {
        return inventory.entries().stream()
                .filter(Entry::present)
                .collect(groupingBy(entry -> entry.name() + " " + entry.architecture(), LinkedHashMap::new, toList()));
    }
}
