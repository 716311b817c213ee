package io.infrabridge.cluster.kubernetes;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.infrabridge.contract.HealthEvent;
import java.util.List;
import java.util.Optional;

/**
 * How a cluster is doing.
 *
 * @param complete whether everything was looked at; false where a list was longer than one page or may not be seen
 */
record ClusterHealth(
        HealthEvent.Status status, List<Issue> issues, Tally nodes, Tally workloads, Tally pods, boolean complete) {
    /** Something that is not as it should be. */
    record Issue(Subject kind, String name, Optional<String> namespace, String message) {}

    /** What an issue is about. */
    enum Subject {
        @JsonProperty("api_server")
        API_SERVER,
        @JsonProperty("node")
        NODE,
        @JsonProperty("workload")
        WORKLOAD,
        @JsonProperty("pod")
        POD
    }

    /** How many there are, and how many of them are without an issue. */
    record Tally(int total, int healthy) {}
}
