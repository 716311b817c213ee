package io.infrabridge.server.packages;

import io.infrabridge.contract.Failure;
import java.util.List;
import java.util.Optional;

/**
 * What a package manager says it would do.
 *
 * @param coming what it would install or upgrade
 * @param going what it would remove
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

    /** A package at a version. */
    record Named(String name, String version) {}
}
