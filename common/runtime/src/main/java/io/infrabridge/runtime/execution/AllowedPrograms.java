package io.infrabridge.runtime.execution;

import io.infrabridge.contract.Category;
import io.infrabridge.contract.Failure;
import io.infrabridge.runtime.operation.Distro;
import io.infrabridge.runtime.operation.Programs;
import io.infrabridge.runtime.operation.Run;
import io.infrabridge.trust.InvalidConfiguration;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * The programs that a worker may run on a distribution, and what it may run as root: what its operations declare, less what
 * configuration takes away, and nothing else.
 */
public final class AllowedPrograms {
    private final Map<Distro, Set<String>> byDistro = new EnumMap<>(Distro.class);
    private final List<Programs> declared;

    private AllowedPrograms(Collection<Programs> declared, Optional<Set<String>> only, Set<String> without) {
        this.declared = List.copyOf(declared);
        for (Distro distro : Distro.values()) {
            Set<String> names = new TreeSet<>();
            declared.forEach(programs -> names.addAll(programs.byDistro().getOrDefault(distro, Set.of())));
            only.ifPresent(names::retainAll);
            names.removeAll(without);
            byDistro.put(distro, names);
        }
    }

    public static AllowedPrograms of(Collection<Programs> declared) {
        return new AllowedPrograms(declared, Optional.empty(), Set.of());
    }

    /** Less than what is declared; throws {@link InvalidConfiguration} for a list that would allow more. */
    public static AllowedPrograms of(Collection<Programs> declared, ExecutionSettings settings) {
        Set<String> more = new TreeSet<>(settings.allowedPrograms().orElse(Set.of()));
        declared.forEach(programs -> more.removeAll(programs.all()));
        if (!more.isEmpty()) {
            throw new InvalidConfiguration(
                    "infrabridge.execution.allowed-programs may only name programs that the operations"
                            + " of this worker declare, not " + String.join(", ", more));
        }
        return new AllowedPrograms(
                declared, settings.allowedPrograms(), settings.deniedPrograms().orElse(Set.of()));
    }

    /** Throws an {@link ExecutionFailure} for anything else, before anything is started. */
    public void check(Run step, Distro distro) {
        Set<String> names = byDistro.getOrDefault(distro, Set.of());
        for (String program : step.programs()) {
            if (!names.contains(program)) {
                throw refused(
                        "The program " + program + " may not be run by this worker on " + distro.word() + ".",
                        "Allowed are: " + String.join(", ", names) + ".");
            }
        }
        if (step.sudo().isPresent() && declared.stream().noneMatch(programs -> programs.permitAsRoot(step))) {
            throw refused(
                    "No operation of this worker declares to run this as root: " + String.join(" ", step.argv()),
                    "Its arguments are not of the form that the operation is known to need.");
        }
    }

    private static ExecutionFailure refused(String message, String hint) {
        String shortened = message.substring(0, Math.min(message.length(), 1000));
        return new ExecutionFailure(Failure.of(Category.PROGRAM_NOT_ALLOWED, shortened, hint), true);
    }
}
