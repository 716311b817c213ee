package io.infrabridge.cluster.kubernetes;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/**
 * One workload and how far its pods are.
 *
 * @param replicas how many pods are wanted
 * @param updatedReplicas how many are of the newest template
 */
record Workload(
        WorkloadKind kind,
        String name,
        String namespace,
        int replicas,
        int readyReplicas,
        int availableReplicas,
        int updatedReplicas,
        List<String> images,
        Status status) {
    static Workload of(WorkloadKind kind, JsonNode object) {
        JsonNode status = object.path("status");
        // a field that is absent is zero, but for spec.replicas, whose default is one
        int wanted = kind == WorkloadKind.DAEMON_SET
                ? status.path("desiredNumberScheduled").asInt()
                : object.path("spec").path("replicas").asInt(1);
        int ready = status.path(kind == WorkloadKind.DAEMON_SET ? "numberReady" : "readyReplicas")
                .asInt();
        int available =
                switch (kind) {
                    case DEPLOYMENT -> status.path("availableReplicas").asInt();
                    // older servers do not count the available ones of a StatefulSet
                    case STATEFUL_SET -> status.path("availableReplicas").asInt(ready);
                    case DAEMON_SET -> status.path("numberAvailable").asInt();
                };
        int updated =
                switch (kind) {
                    case DEPLOYMENT -> status.path("updatedReplicas").asInt();
                    case STATEFUL_SET -> updatedOfStatefulSet(status);
                    case DAEMON_SET -> status.path("updatedNumberScheduled").asInt();
                };
        return new Workload(
                kind,
                object.path("metadata").path("name").asText(),
                object.path("metadata").path("namespace").asText(),
                wanted,
                ready,
                available,
                updated,
                images(object),
                Status.of(kind, object, wanted, available, updated));
    }

    /** Whether all pods that are wanted are there, up to date and available. */
    boolean settled() {
        return status == Status.READY || status == Status.SCALED_TO_ZERO;
    }

    /** Its name as a caller would write it. */
    String reference() {
        return kind.prefix() + "/" + name;
    }

    private static int updatedOfStatefulSet(JsonNode status) {
        boolean oneRevision = status.path("currentRevision").equals(status.path("updateRevision"));
        return oneRevision
                ? status.path("replicas").asInt()
                : status.path("updatedReplicas").asInt();
    }

    private static List<String> images(JsonNode object) {
        List<String> images = new ArrayList<>();
        for (JsonNode container :
                object.path("spec").path("template").path("spec").path("containers")) {
            images.add(container.path("image").asText());
        }
        return List.copyOf(images);
    }

    /** How a workload is doing. */
    enum Status {
        @JsonProperty("ready")
        READY,
        @JsonProperty("progressing")
        PROGRESSING,
        @JsonProperty("degraded")
        DEGRADED,
        @JsonProperty("scaled_to_zero")
        SCALED_TO_ZERO;

        static Status of(WorkloadKind kind, JsonNode object, int wanted, int available, int updated) {
            JsonNode status = object.path("status");
            boolean seen = status.path("observedGeneration").asLong()
                    >= object.path("metadata").path("generation").asLong();
            if (!seen) {
                return PROGRESSING;
            }
            if (wanted == 0 && kind.scalable()) {
                return status.path("replicas").asInt() == 0 ? SCALED_TO_ZERO : PROGRESSING;
            }
            if (available >= wanted && updated >= wanted) {
                return READY;
            }
            return updated < wanted && !stalled(status) ? PROGRESSING : DEGRADED;
        }

        private static boolean stalled(JsonNode status) {
            for (JsonNode condition : status.path("conditions")) {
                if (condition.path("type").asText().equals("Progressing")) {
                    return condition.path("status").asText().equals("False");
                }
            }
            return false;
        }
    }
}
