package io.infrabridge.cluster.kubernetes;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Optional;
import java.util.stream.StreamSupport;

/**
 * One machine of a cluster.
 *
 * @param version the version of its kubelet
 * @param unschedulable whether it was cordoned
 */
record K8sNode(
        String name,
        Status status,
        List<String> roles,
        String version,
        boolean unschedulable,
        List<Address> addresses,
        Resources capacity,
        Resources allocatable,
        List<Condition> conditions,
        String osImage,
        String kernel,
        String containerRuntime) {
    private static final String ROLE = "node-role.kubernetes.io/";

    static K8sNode of(JsonNode node) {
        JsonNode status = node.path("status");
        JsonNode system = status.path("nodeInfo");
        List<Condition> conditions =
                list(status.path("conditions")).map(Condition::of).toList();
        return new K8sNode(
                node.path("metadata").path("name").asText(),
                Status.of(conditions),
                node.path("metadata").path("labels").properties().stream()
                        .filter(label -> label.getKey().startsWith(ROLE))
                        .map(label -> label.getKey().substring(ROLE.length()))
                        .sorted()
                        .toList(),
                system.path("kubeletVersion").asText(),
                node.path("spec").path("unschedulable").asBoolean(),
                list(status.path("addresses")).map(Address::of).toList(),
                Resources.of(status.path("capacity")),
                Resources.of(status.path("allocatable")),
                conditions,
                system.path("osImage").asText(),
                system.path("kernelVersion").asText(),
                system.path("containerRuntimeVersion").asText());
    }

    boolean ready() {
        return status == Status.READY;
    }

    private static java.util.stream.Stream<JsonNode> list(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false);
    }

    /** Whether the node says that it can run pods; unknown where it has not been heard of for a while. */
    enum Status {
        @JsonProperty("ready")
        READY,
        @JsonProperty("not_ready")
        NOT_READY,
        @JsonProperty("unknown")
        UNKNOWN;

        static Status of(List<Condition> conditions) {
            return conditions.stream()
                    .filter(condition -> condition.type().equals("Ready"))
                    .map(condition -> switch (condition.status()) {
                        case "True" -> READY;
                        case "False" -> NOT_READY;
                        default -> UNKNOWN;
                    })
                    .findFirst()
                    .orElse(UNKNOWN);
        }
    }

    /** One way to address a node, such as its InternalIP. */
    record Address(String type, String address) {
        static Address of(JsonNode address) {
            return new Address(
                    address.path("type").asText(), address.path("address").asText());
        }
    }

    /** Quantities in the API's own notation, such as 3800m and 7Gi. */
    record Resources(Optional<String> cpu, Optional<String> memory, Optional<String> storage, Optional<String> pods) {
        static Resources of(JsonNode quantities) {
            return new Resources(
                    Optional.ofNullable(quantities.path("cpu").textValue()),
                    Optional.ofNullable(quantities.path("memory").textValue()),
                    Optional.ofNullable(quantities.path("ephemeral-storage").textValue()),
                    Optional.ofNullable(quantities.path("pods").textValue()));
        }
    }

    /** One observation of a node, such as MemoryPressure. */
    record Condition(String type, String status, String reason, String message) {
        static Condition of(JsonNode condition) {
            return new Condition(
                    condition.path("type").asText(),
                    condition.path("status").asText(),
                    condition.path("reason").asText(),
                    condition.path("message").asText());
        }
    }
}
