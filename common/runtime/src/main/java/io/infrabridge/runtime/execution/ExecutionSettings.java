package io.infrabridge.runtime.execution;

import io.smallrye.config.ConfigMapping;
import java.util.Optional;
import java.util.Set;

/** What an administrator takes away from what this worker may run; nothing can be added here. */
@ConfigMapping(prefix = "infrabridge.execution")
public interface ExecutionSettings {
    /** Only these of the programs that the operations declare; one that none declares stops the start. */
    Optional<Set<String>> allowedPrograms();

    /** None of these, whatever is declared. */
    Optional<Set<String>> deniedPrograms();
}
