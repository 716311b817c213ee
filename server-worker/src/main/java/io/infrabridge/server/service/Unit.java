package io.infrabridge.server.service;

import java.util.Optional;

/**
 * A unit as the service manager shows it.
 *
 * @param id its name with suffix, after aliases: {@code ssh.service} for sshd
 * @param endsByItself whether it is a task that is over when it has run, so that it never stays active
 * @param activeSinceBootMicros when it became active, in microseconds since boot; 0 where it never did
 */
record Unit(
        String id,
        String description,
        String loadState,
        String activeState,
        String subState,
        Optional<String> unitFileState,
        boolean endsByItself,
        long mainPid,
        long restarts,
        String result,
        long activeSinceBootMicros) {
    boolean known() {
        return !loadState.equals("not-found") || !activeState.equals("inactive");
    }

    boolean masked() {
        return loadState.equals("masked");
    }

    boolean active() {
        return activeState.equals("active") || activeState.equals("reloading") || activeState.equals("refreshing");
    }

    /** Neither active nor on the way to it. */
    boolean down() {
        return activeState.equals("inactive") || activeState.equals("failed");
    }
}
