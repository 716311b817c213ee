package io.infrabridge.contract;

import java.time.Duration;
import java.time.Instant;

/** Says that a worker instance is alive; who has sent none for {@link #SILENCE} counts as gone. */
public record Heartbeat(Domain domain, String worker, String digest, Instant at) {
    public static final Duration INTERVAL = Duration.ofSeconds(2);
    public static final Duration SILENCE = Duration.ofSeconds(10);

    public Heartbeat {
        Require.present(domain, "domain");
        Require.name(worker, "worker");
        Require.id(digest, "digest");
        Require.present(at, "at");
    }
}
