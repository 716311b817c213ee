package io.infrabridge.runtime.operation;

import java.util.List;
import java.util.Optional;

/** One thing that a plan wants done; execution interprets it. */
public sealed interface Step permits Run, ReadProc, Call, WaitFor {
    /** What it does, in a few words for a person. */
    String description();

    /** The exact argument vector, or method, path and body. */
    List<String> command();

    /** How to take it back once it was started. */
    Undo undo();

    /** Why it has to run as root, where it has to. */
    default Optional<String> sudo() {
        return Optional.empty();
    }

    /** Whether this answer means that the step did what it should. */
    boolean accepts(Output output);
}
