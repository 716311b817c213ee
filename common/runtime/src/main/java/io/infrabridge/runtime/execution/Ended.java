package io.infrabridge.runtime.execution;

import io.infrabridge.contract.Execution;
import io.infrabridge.contract.Failure;
import io.infrabridge.contract.State;
import io.infrabridge.contract.StepReport;
import java.util.List;
import java.util.Optional;

/** How an operation ended, as the runner saw it. */
public record Ended(
        State state,
        boolean changed,
        Optional<Record> output,
        Optional<Failure> failure,
        List<StepReport> steps,
        Optional<Execution> execution) {
    public Ended {
        steps = List.copyOf(steps);
        if (!state.terminal()) {
            throw new IllegalArgumentException("not an end: " + state);
        }
    }

    /** The same with these steps. */
    Ended told(List<StepReport> reports) {
        return new Ended(state, changed, output, failure, reports, execution);
    }

    static Ended refused(State state, Failure failure) {
        return new Ended(state, false, Optional.empty(), Optional.of(failure), List.of(), Optional.empty());
    }
}
