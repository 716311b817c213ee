package io.infrabridge.runtime.operation;

import io.infrabridge.contract.Failure;
import io.infrabridge.contract.Shortened;
import java.util.List;
import java.util.Optional;

/** One thing that a plan wants done; execution interprets it. */
public sealed interface Step permits Run, ReadProc, Call, WaitFor, Confirm {
    /** What it does, in a few words for a person; what it quotes is cut where it is long. */
    String description();

    /** The exact argument vector, or method, path and body. */
    List<String> command();

    /** How to take it back once it was started. */
    Undo undo();

    /** Why it has to run as root, where it has to. */
    default Optional<String> sudo() {
        return Optional.empty();
    }

    /** For the constructors of steps. */
    static String brief(String description) {
        return Shortened.to(300, description);
    }

    /** Whether this answer means that the step did what it should. */
    boolean accepts(Output output);

    /** What an answer that is not accepted means, where the step knows. */
    default Optional<Failure> explain(Output output) {
        return Optional.empty();
    }
}
