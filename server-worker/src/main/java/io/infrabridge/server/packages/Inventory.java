package io.infrabridge.server.packages;

import io.infrabridge.runtime.operation.Output;
import io.infrabridge.runtime.operation.UnexpectedOutput;
import io.infrabridge.runtime.value.PackageName;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Every package that a host knows, with its state. */
record Inventory(List<Entry> entries) {
    private static final int FIELDS = 6;

    /** What rpm lists beside packages: the keys that it trusts. */
    private static final String NO_ARCHITECTURE = "(none)";

    Inventory {
        entries = List.copyOf(entries);
    }

    static Inventory parse(Output output) {
        if (output.truncated()) {
            throw new UnexpectedOutput("the list of packages is longer than the output limit");
        }
        return new Inventory(output.lines().stream()
                .map(Inventory::entry)
                .filter(entry -> !entry.architecture.equals(NO_ARCHITECTURE))
                .toList());
    }

    Optional<Entry> installed(PackageName name) {
        return entries.stream()
                .filter(entry -> entry.installed() && entry.answersTo(name.value()))
                .findFirst();
    }

    List<Entry> installed() {
        return entries.stream().filter(Entry::installed).toList();
    }

    /** What is neither installed nor not: its installation, or removal, was broken off. */
    List<Entry> broken() {
        return entries.stream()
                .filter(entry -> entry.present() && !entry.installed())
                .toList();
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

        /** By its name, or by its name and architecture as dpkg or rpm writes them. */
        boolean answersTo(String asked) {
            return asked.equals(name)
                    || asked.equals(name + ":" + architecture)
                    || asked.equals(name + "." + architecture);
        }

        boolean answersToAny(Set<String> names) {
            return names.contains(name)
                    || names.contains(name + ":" + architecture)
                    || names.contains(name + "." + architecture);
        }
    }
}
