package io.infrabridge.nfs.health;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.infrabridge.runtime.value.AbsolutePath;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * How an NFS mount is. Failed: its server does not answer, or it cannot be used. Degraded: an answer took longer than a
 * second, or requests had to be sent again while it was measured.
 *
 * @param responseTimeMs of one question to the server, with the way from the worker to the host
 */
record MountHealth(
        String mountPoint,
        Status status,
        boolean serverReachable,
        boolean mountAccessible,
        double responseTimeMs,
        Instant lastCheck,
        List<String> issues,
        Metrics metrics) {
    private static final double SLOW_MS = 1000;

    MountHealth {
        issues = List.copyOf(issues);
    }

    static MountHealth of(AbsolutePath target, Access access, double responseTimeMs, Instant at, Metrics metrics) {
        List<String> issues = new ArrayList<>();
        access.problem().ifPresent(issues::add);
        if (access.accessible() && responseTimeMs > SLOW_MS) {
            issues.add("the server took " + Math.round(responseTimeMs) + " ms to answer");
        }
        if (metrics.retransmissions() > 0) {
            issues.add(metrics.retransmissions() + " requests had to be sent again within a second");
        }
        Status status = !access.accessible() ? Status.FAILED : issues.isEmpty() ? Status.HEALTHY : Status.DEGRADED;
        return new MountHealth(
                target.value(),
                status,
                access.reachable(),
                access.accessible(),
                Metrics.rounded(responseTimeMs),
                at,
                issues,
                metrics);
    }

    enum Status {
        @JsonProperty("healthy")
        HEALTHY,
        @JsonProperty("degraded")
        DEGRADED,
        @JsonProperty("failed")
        FAILED
    }
}
