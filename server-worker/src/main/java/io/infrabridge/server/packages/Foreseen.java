package io.infrabridge.server.packages;

import io.infrabridge.contract.Failure;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * What a package manager says it would do.
 *
 * @param coming what it would install or upgrade
 * @param going what it would remove, replace by another or downgrade
 * @param refusal why it would do nothing, where it would not
 */
record Foreseen(List<Named> coming, List<Named> going, Optional<Failure> refusal) {
    Foreseen {
        coming = List.copyOf(coming);
        going = List.copyOf(going);
    }

    static Foreseen of(List<Named> coming, List<Named> going) {
        return new Foreseen(coming, going, Optional.empty());
    }

    static Foreseen refused(Failure failure) {
        return new Foreseen(List.of(), List.of(), Optional.of(failure));
    }

    /** Only this part of what would come. */
    Foreseen only(Predicate<Named> wanted) {
        return new Foreseen(coming.stream().filter(wanted).toList(), going, refusal);
    }

    /**
     * A package at a version.
     *
     * @param architecture empty where it was not told
     * @param security whether it comes from a source of security updates, where that is told
     */
    record Named(String name, String architecture, String version, boolean security) {
        Named(String name, String architecture, String version) {
            this(name, architecture, version, false);
        }

        boolean answersTo(String asked) {
            return asked.equals(name)
                    || asked.equals(name + ":" + architecture)
                    || asked.equals(name + "." + architecture);
        }

        /** As it will be listed when it is there. */
        Inventory.Entry installed() {
            return new Inventory.Entry(name, architecture, version, "installed", false);
        }

        boolean is(Inventory.Entry entry) {
            return entry.name().equals(name) && entry.architecture().equals(architecture);
        }
    }
}
