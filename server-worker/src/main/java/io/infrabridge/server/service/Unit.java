package io.infrabridge.server.service;

import io.infrabridge.runtime.operation.UnexpectedOutput;
import io.infrabridge.runtime.value.InvalidValue;
import io.infrabridge.runtime.value.ServiceName;
import java.util.Optional;

/**
 * A unit as the service manager shows it.
 *
 * @param id its name with suffix, after aliases: {@code ssh.service} for sshd
 * @param unitFile where its file is, where it has one
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
        Optional<String> unitFile,
        boolean endsByItself,
        boolean reloadable,
        long mainPid,
        long restarts,
        String result,
        long activeSinceBootMicros,
        Optional<Long> memoryBytes,
        Optional<Long> tasks) {
    boolean known() {
        return !loadState.equals("not-found") || !activeState.equals("inactive");
    }

    boolean masked() {
        return loadState.equals("masked");
    }

    /** Neither by the distribution nor until the next boot only. */
    boolean maskedByAdministrator() {
        return masked()
                && unitFile.filter(file -> file.startsWith("/etc/systemd/system/"))
                        .isPresent();
    }

    /** Started at every boot. */
    boolean enabled() {
        return unitFileState.filter("enabled"::equals).isPresent();
    }

    /** Not started at boot, though it could be. */
    boolean disabled() {
        return unitFileState.filter("disabled"::equals).isPresent();
    }

    boolean active() {
        return activeState.equals("active") || activeState.equals("reloading") || activeState.equals("refreshing");
    }

    /** Neither active nor on the way to it. */
    boolean down() {
        return activeState.equals("inactive") || activeState.equals("failed");
    }

    /** What it really is, for commands that do not take aliases. */
    ServiceName name() {
        try {
            return new ServiceName(id);
        } catch (InvalidValue e) {
            throw new UnexpectedOutput("systemctl show: Id=" + id, e);
        }
    }
}
