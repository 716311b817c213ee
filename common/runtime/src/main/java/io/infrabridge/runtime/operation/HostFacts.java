package io.infrabridge.runtime.operation;

import java.time.Instant;
import java.util.Map;

/**
 * What is known of a host before any operation's own probe.
 *
 * @param osRelease the variables of os-release(5)
 * @param user the account that the worker runs programs as
 * @param readAt when this was read, by the worker's clock: it is kept for some minutes
 */
public record HostFacts(
        String hostname,
        Distro distro,
        Map<String, String> osRelease,
        String kernel,
        String machine,
        String user,
        int uid,
        Instant readAt) {
    public HostFacts {
        osRelease = Map.copyOf(osRelease);
    }

    /** Of an age that does not matter. */
    public HostFacts(
            String hostname,
            Distro distro,
            Map<String, String> osRelease,
            String kernel,
            String machine,
            String user,
            int uid) {
        this(hostname, distro, osRelease, kernel, machine, user, uid, Instant.EPOCH);
    }

    public boolean root() {
        return uid == 0;
    }
}
