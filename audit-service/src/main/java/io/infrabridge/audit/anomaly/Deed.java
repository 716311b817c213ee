package io.infrabridge.audit.anomaly;

import java.time.Instant;

/**
 * One thing that a caller did, as far as it can be striking.
 *
 * @param target what it was to be done to
 * @param destructive whether it could lose something for good; never of a refusal
 */
record Deed(Kind kind, String caller, String target, boolean destructive, Instant at) {
    /** Whether it was accepted. */
    enum Kind {
        REQUEST,
        REFUSAL
    }

    static Deed request(String caller, String target, boolean destructive, Instant at) {
        return new Deed(Kind.REQUEST, caller, target, destructive, at);
    }

    static Deed refusal(String caller, String target, Instant at) {
        return new Deed(Kind.REFUSAL, caller, target, false, at);
    }
}
