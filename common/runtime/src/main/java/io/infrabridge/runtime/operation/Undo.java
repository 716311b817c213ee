package io.infrabridge.runtime.operation;

import java.util.List;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/** How a started step is taken back; pure, so that a dry run can show it. */
public interface Undo {
    /** What would take the step back if it does what it is expected to; for a dry run. */
    List<Step> foreseen(Probed before);

    /**
     * What takes it back now, seen from what was there before and what is there after the failure: a package install, for
     * example, removes only what the difference shows.
     */
    List<Step> after(Probed before, Probed now);

    /** Whether there is any way back at all. */
    default boolean possible() {
        return true;
    }

    /**
     * The same for whoever sees more.
     *
     * @param part what this one is told of what is seen
     */
    default Undo within(UnaryOperator<Probed> part) {
        return possible()
                ? difference(
                        before -> foreseen(part.apply(before)),
                        (before, now) -> after(part.apply(before), part.apply(now)))
                : this;
    }

    /** Nothing to take back: the step only looks, or cannot be undone. */
    static Undo none() {
        return NoUndo.INSTANCE;
    }

    /** Always the same steps. */
    static Undo by(Step... steps) {
        List<Step> fixed = List.of(steps);
        return difference(before -> fixed, (before, now) -> fixed);
    }

    static Undo difference(Function<Probed, List<Step>> foreseen, Difference actual) {
        return new Undo() {
            @Override
            public List<Step> foreseen(Probed before) {
                return foreseen.apply(before);
            }

            @Override
            public List<Step> after(Probed before, Probed now) {
                return actual.between(before, now);
            }
        };
    }

    /** Steps from a difference between two probes. */
    interface Difference {
        List<Step> between(Probed before, Probed now);
    }
}
