package io.infrabridge.cluster.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.infrabridge.contract.Json;
import io.infrabridge.runtime.operation.ApiRequest;
import io.infrabridge.runtime.operation.Call;
import io.infrabridge.runtime.operation.Output;

/** An object of the API that was asked for by name, and the request that scales it. */
record FoundWorkload(WorkloadKind kind, JsonNode object) {
    Workload workload() {
        return Workload.of(kind, object);
    }

    int replicas() {
        return workload().replicas();
    }

    String path() {
        Workload workload = workload();
        return kind.object(workload.namespace(), workload.name());
    }

    /** Carries the version that was seen, so that the server refuses it (409) where somebody else changed the object since. */
    Call scaledTo(int replicas, String description) {
        JsonNode seen = object.path("metadata");
        ObjectNode scale = Json.object().put("apiVersion", "autoscaling/v1").put("kind", "Scale");
        scale.putObject("metadata")
                .put("name", seen.path("name").asText())
                .put("namespace", seen.path("namespace").asText())
                .put("resourceVersion", seen.path("resourceVersion").asText());
        scale.putObject("spec").put("replicas", replicas);
        return Call.of(description, ApiRequest.put(path() + "/scale", scale)).accepting(200, 201);
    }

    /** Whether an answer shows this workload settled at that many replicas. */
    boolean settledAt(int replicas, Output answer) {
        Workload now = Workload.of(kind, new ApiAnswer(answer).json());
        return now.replicas() == replicas && now.settled() && now.readyReplicas() == replicas;
    }
}
