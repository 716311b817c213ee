package io.infrabridge.runtime.execution;

import io.infrabridge.contract.Category;
import io.infrabridge.runtime.operation.Run;
import java.util.Set;
import java.util.TreeSet;

/** The programs that a worker may run: what its operations declare and nothing else. */
public record AllowedPrograms(Set<String> names) {
    public AllowedPrograms {
        names = Set.copyOf(names);
    }

    /** Throws an {@link ExecutionFailure} for any other program, before anything is started. */
    public void check(Run step) {
        if (!names.contains(step.program())) {
            throw ExecutionFailure.before(
                    Category.PROGRAM_NOT_ALLOWED,
                    "The program " + step.program() + " is not declared by any operation of this worker.",
                    "Allowed are: " + String.join(", ", new TreeSet<>(names)) + ".");
        }
    }
}
