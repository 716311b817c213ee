package io.infrabridge.contract;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import java.util.List;

/**
 * A change in the health of something that is watched: a host, a mount, a cluster or a worker itself.
 *
 * @param kind what the subject is, such as {@code host}, {@code nfs_mount}, {@code cluster}, {@code worker}
 * @param subject its name, unique within kind and target
 */
public record HealthEvent(
        String id,
        String kind,
        String subject,
        String target,
        Status status,
        List<String> issues,
        String worker,
        Instant at) {
    public HealthEvent {
        Require.id(id, "id");
        Require.id(kind, "kind");
        Require.text(subject, "subject", 1000);
        Require.name(target, "target");
        Require.present(status, "status");
        issues = Require.list(issues);
        Require.name(worker, "worker");
        Require.present(at, "at");
    }

    /** The seed's three words for health. */
    public enum Status {
        @JsonProperty("healthy")
        HEALTHY,
        @JsonProperty("degraded")
        DEGRADED,
        @JsonProperty("failed")
        FAILED
    }
}
