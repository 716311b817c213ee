package io.infrabridge.runtime.operation;

import io.infrabridge.contract.Failure;
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
 * @param patient whether a target that cannot be asked is asked again, as one that is booting
 */
public record WaitFor(
        String description, Step look, Predicate<Output> until, Duration every, Duration limit, boolean patient)
        implements Step {
    public WaitFor {
        description = Step.brief(description);
        if (look instanceof WaitFor) {
            throw new IllegalArgumentException("a look is one Run or Call");
        }
    }

    public WaitFor(String description, Step look, Predicate<Output> until, Duration every, Duration limit) {
        this(description, look, until, every, limit, false);
    }

    /** A target that cannot be asked meanwhile is no failure before the limit. */
    public WaitFor throughOutages() {
        return new WaitFor(description, look, until, every, limit, true);
    }

    /** The same for what is left of the time. */
    public WaitFor within(Duration left) {
        return new WaitFor(description, look, until, every, left, patient);
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

    @Override
    public Optional<Failure> explain(Output output) {
        return look.explain(output);
    }
}
