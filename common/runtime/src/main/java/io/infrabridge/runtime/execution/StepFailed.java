package io.infrabridge.runtime.execution;

import io.infrabridge.contract.Failure;
import io.infrabridge.contract.State;

/** A step did not do what it should; carries the state that the operation ends in if nothing has to be undone. */
final class StepFailed extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient Failure failure;
    private final State state;
    private final boolean stoppedForSure;

    StepFailed(Failure failure, State state, boolean stoppedForSure) {
        super(failure.message());
        this.failure = failure;
        this.state = state;
        this.stoppedForSure = stoppedForSure;
    }

    static StepFailed from(ExecutionFailure failure) {
        State state =
                switch (failure.failure().category()) {
                    case UNKNOWN_TARGET, AMBIGUOUS_TARGET, PROGRAM_NOT_ALLOWED -> State.REJECTED;
                    case TIMEOUT -> State.TIMED_OUT;
                    case CANCELLED -> State.CANCELLED;
                    default -> State.FAILED;
                };
        return new StepFailed(failure.failure(), state, failure.stoppedForSure());
    }

    Failure failure() {
        return failure;
    }

    State state() {
        return state;
    }

    boolean stoppedForSure() {
        return stoppedForSure;
    }
}
