package io.infrabridge.cluster.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import io.infrabridge.runtime.operation.ClusterFacts;
import io.infrabridge.runtime.operation.ClusterOperation;
import io.infrabridge.runtime.operation.OperationSpec;
import io.infrabridge.runtime.operation.Outputs;
import io.infrabridge.runtime.operation.Plan;
import io.infrabridge.runtime.operation.Probed;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;
import java.util.stream.StreamSupport;

/** Says what a cluster is: version, addresses, how many nodes and namespaces. */
@Singleton
final class DescribeCluster implements ClusterOperation<DescribeCluster.Input, K8sClusterInfo> {
    /** Nothing has to be given. */
    record Input() {}

    @Override
    public OperationSpec<Input, K8sClusterInfo> spec() {
        return OperationSpec.read(
                ClusterTool.CLUSTER_MANAGE,
                "Shows version, addresses and size of a Kubernetes cluster",
                Input.class,
                K8sClusterInfo.class,
                ClusterTool.action("info"));
    }

    @Override
    public Plan probe(Input in, ClusterFacts cluster) {
        ListQuery one = ListQuery.first(1);
        return Plan.of(
                ApiAnswer.look("Read the version", "/version"),
                ApiAnswer.look("Read the API's addresses", "/api"),
                ApiAnswer.look("Count the nodes", one.of("/api/v1/nodes")),
                ApiAnswer.look("Count the namespaces", one.of("/api/v1/namespaces")));
    }

    @Override
    public Plan plan(Input in, ClusterFacts cluster, Probed before) {
        return ApiAnswer.all(before).get(0).refusal().orElseGet(Plan::nothing);
    }

    @Override
    public K8sClusterInfo parse(Input in, Outputs out) {
        List<ApiAnswer> seen = ApiAnswer.all(out.before());
        JsonNode version = seen.get(0).json();
        return new K8sClusterInfo(
                "kubernetes",
                version.path("gitVersion").asText(),
                version.path("platform").asText(),
                Optional.ofNullable(version.path("buildDate").textValue()),
                seen.get(1).found() ? addresses(seen.get(1).json()) : List.of(),
                count(seen.get(2)),
                count(seen.get(3)));
    }

    private static List<String> addresses(JsonNode versions) {
        return StreamSupport.stream(versions.path("serverAddressByClientCIDRs").spliterator(), false)
                .map(address -> address.path("serverAddress").asText())
                .filter(address -> !address.isEmpty())
                .toList();
    }

    /** A page of one item says how many more there are. */
    private static Optional<Integer> count(ApiAnswer page) {
        if (!page.found()) {
            return Optional.empty();
        }
        JsonNode rest = page.json().path("metadata").path("remainingItemCount");
        if (page.nextPage().isPresent() && !rest.isInt()) {
            return Optional.empty();
        }
        return Optional.of(page.items().size() + rest.asInt(0));
    }
}
