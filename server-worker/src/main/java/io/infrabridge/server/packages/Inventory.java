package io.infrabridge.server.packages;

import io.infrabridge.runtime.operation.Output;
import io.infrabridge.runtime.operation.UnexpectedOutput;
import io.infrabridge.runtime.value.PackageName;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** Every package that a host knows, with its state. */
record Inventory(List<Entry> entries) {
    private static final int FIELDS = 6;

    Inventory {
        entries = List.copyOf(entries);
    }

    static Inventory parse(Output output) {
        if (output.truncated()) {
            throw new UnexpectedOutput("the list of packages is longer than the output limit");
        }
        return new Inventory(output.lines().stream().map(Inventory::entry).toList());
    }

    Optional<Entry> installed(PackageName name) {
        return entries.stream()
                .filter(entry -> entry.installed() && entry.answersTo(name.value()))
                .findFirst();
    }

    /** What is installed here, or half installed, and was not there before. */
    List<Entry> cameSince(Inventory before) {
        return entries.stream()
                .filter(entry -> entry.present() && !before.has(entry, Entry::present))
                .toList();
    }

    /** What came, and what is there at another version. */
    List<Entry> changedSince(Inventory before) {
        return entries.stream()
                .filter(entry -> entry.present()
                        && !before.has(entry, other -> other.present() && other.version.equals(entry.version)))
                .toList();
    }

    /** What was installed before and is no longer. */
    List<Entry> wentSince(Inventory before) {
        return before.entries.stream()
                .filter(entry -> entry.installed() && !has(entry, Entry::installed))
                .toList();
    }

    private boolean has(Entry other, Predicate<Entry> state) {
        return entries.stream()
                .anyMatch(entry -> state.test(entry)
                        && entry.name.equals(other.name)
                        && entry.architecture.equals(other.architecture));
    }

    private static Entry entry(String line) {
        String[] fields = line.split("\t", -1);
        if (fields.length != FIELDS || fields[0].isEmpty()) {
            throw new UnexpectedOutput("the list of packages: " + line);
        }
        return new Entry(
                fields[0], fields[1], fields[2], fields[3], fields[4].equals("yes") || fields[5].equals("yes"));
    }

    /**
     * One package.
     *
     * @param state as dpkg-query(1) says it: {@code installed}, {@code config-files}, {@code half-configured} …
     * @param essential whether the distribution itself says that a host needs it
     */
    record Entry(String name, String architecture, String version, String state, boolean essential) {
        boolean installed() {
            return state.equals("installed");
        }

        boolean present() {
            return !state.equals("not-installed") && !state.equals("config-files");
        }

        /** The name, with the architecture where several could be installed beside each other. */
        String qualified() {
            return architecture.equals("all") ? name : name + ":" + architecture;
        }

        boolean answersTo(String asked) {
            return asked.equals(name) || asked.equals(name + ":" + architecture);
        }
    }
}
