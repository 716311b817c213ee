package io.infrabridge.runtime.operation;

import java.time.Duration;
import java.util.List;

/**
 * Comes to the target anew, past every connection that is already there, and so proves that it can still be reached; a target
 * that is this machine needs no proof. The operation declares {@link #PROGRAM}, which is all that is run.
 *
 * @param limit how long that may take
 */
public record Confirm(String description, Duration limit) implements Step {
    public static final String PROGRAM = "true";

    public Confirm {
        description = Step.brief(description);
    }

    /** What is run on the new connection. */
    public Run asRun() {
        return Run.of(description, PROGRAM).within(limit);
    }

    @Override
    public List<String> command() {
        return List.of(PROGRAM);
    }

    @Override
    public Undo undo() {
        return Undo.none();
    }

    @Override
    public boolean accepts(Output output) {
        return output.succeeded();
    }
}
