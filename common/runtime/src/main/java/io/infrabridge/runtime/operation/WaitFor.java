package io.infrabridge.runtime.operation;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Repeats a look until it shows what is wanted.
 *
 * @param look a step that only looks
 * @param until what its output must be
 * @param every the pause between two looks
 * @param limit how long to look; then the step has failed
 */
public record WaitFor(String description, Step look, Predicate<Output> until, Duration every, Duration limit)
        implements Step {
    public WaitFor {
        description = Step.brief(description);
        if (look instanceof WaitFor) {
            throw new IllegalArgumentException("a look is one Run or Call");
        }
    }

    @Override
    public List<String> command() {
        return look.command();
    }

    @Override
    public Undo undo() {
        return Undo.none();
    }

    @Override
    public Optional<String> sudo() {
        return look.sudo();
    }

    @Override
    public boolean accepts(Output output) {
        return look.accepts(output) && until.test(output);
    }
}
