package io.infrabridge.contract;

/** Where an operation stands; every accepted operation ends in exactly one terminal state. */
public enum State {
    /** Published to its worker's topic; nothing has run. */
    ACCEPTED(false),
    /** Parked until someone else decides on its exact plan. */
    AWAITING_APPROVAL(false),
    RUNNING(false),
    /** A cancel was requested and has not yet been confirmed. */
    CANCELLING(false),
    SUCCEEDED(true),
    /** It ran and did not reach its goal. */
    FAILED(true),
    /** Refused before anything ran: policy, validation or signature. */
    REJECTED(true),
    /** A step failed and the undo of every started step succeeded. */
    ROLLED_BACK(true),
    /** A step failed and so did an undo: the target needs a person. */
    ROLLBACK_FAILED(true),
    CANCELLED(true),
    TIMED_OUT(true),
    /** A worker died in mid-change and the target could not tell how far it came. */
    INDETERMINATE(true);

    private final boolean terminal;

    State(boolean terminal) {
        this.terminal = terminal;
    }

    /** Whether nothing can follow this state. */
    public boolean terminal() {
        return terminal;
    }
}
