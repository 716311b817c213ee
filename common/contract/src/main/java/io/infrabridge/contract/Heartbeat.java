package io.infrabridge.contract;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Says that a worker instance is alive; who has sent none for {@link #SILENCE} counts as gone.
 *
 * @param load how much it has to do; a worker that does not tell takes more
 */
public record Heartbeat(Domain domain, String worker, String digest, Instant at, Optional<Load> load) {
    public static final Duration INTERVAL = Duration.ofSeconds(2);
    public static final Duration SILENCE = Duration.ofSeconds(10);

    public Heartbeat {
        Require.present(domain, "domain");
        Require.name(worker, "worker");
        Require.id(digest, "digest");
        Require.present(at, "at");
    }

    /**
     * How much a worker has to do.
     *
     * @param inFlight operations that wait or run there
     * @param accepting whether it reads further commands; what is published meanwhile stays on the topic
     */
    public record Load(int inFlight, boolean accepting) {
        public Load {
            if (inFlight < 0) {
                throw new InvalidContract("in_flight", "must not be negative");
            }
        }
    }
}
