package io.infrabridge.nfs.health;

import io.infrabridge.runtime.operation.Output;
import java.util.Optional;

/**
 * How the server answered.
 *
 * @param reachable whether it answered at all: an error such as a stale file handle is an answer
 * @param accessible whether the mount can be used
 */
record Access(boolean reachable, boolean accessible, Optional<String> problem) {
    /** The exit status of timeout(1) after its first signal, and of what its second one killed. */
    static final int TIMED_OUT = 124;

    static final int KILLED = 137;

    static Access parse(Output stat) {
        if (stat.succeeded()) {
            return new Access(true, true, Optional.empty());
        }
        if (stat.status() == TIMED_OUT || stat.status() == KILLED) {
            return new Access(false, false, Optional.of("the server did not answer within 5 s"));
        }
        String said = stat.error().strip();
        // what a soft mount says instead of hanging
        boolean gaveUp = said.contains("Input/output error")
                || said.contains("timed out")
                || said.contains("Host is down")
                || said.contains("No route to host")
                || said.contains("Connection refused");
        return new Access(!gaveUp, false, Optional.of(said));
    }
}
