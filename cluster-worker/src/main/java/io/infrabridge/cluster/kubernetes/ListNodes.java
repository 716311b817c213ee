package io.infrabridge.cluster.kubernetes;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import com.fasterxml.jackson.databind.JsonNode;
import io.infrabridge.runtime.operation.ClusterFacts;
import io.infrabridge.runtime.operation.ClusterOperation;
import io.infrabridge.runtime.operation.OperationSpec;
import io.infrabridge.runtime.operation.Outputs;
import io.infrabridge.runtime.operation.Plan;
import io.infrabridge.runtime.operation.Probed;
import io.infrabridge.runtime.value.PageCursor;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Lists the nodes of a cluster, a page at a time. */
@Singleton
final class ListNodes implements ClusterOperation<ListNodes.Input, ListNodes.Page> {
    record Input(
            @JsonPropertyDescription("How many at most, 1 to 500; 100 where absent")
            Optional<Integer> limit,

            Optional<PageCursor> cursor) {
        Input {
            ListQuery.check(limit);
        }
    }

    /** Some nodes, and where the next ones begin. */
    record Page(List<K8sNode> nodes, Optional<String> nextCursor) {}

    @Override
    public OperationSpec<Input, Page> spec() {
        return OperationSpec.read(
                ClusterTool.CLUSTER_MANAGE,
                "Lists the nodes of a Kubernetes cluster with their state, version and size",
                Input.class,
                Page.class,
                ClusterTool.action("nodes"));
    }

    @Override
    public Plan probe(Input in, ClusterFacts cluster) {
        ListQuery query = new ListQuery(ListQuery.limit(in.limit()), in.cursor().map(PageCursor::value));
        return Plan.of(ApiAnswer.look("List the nodes", query.of("/api/v1/nodes")));
    }

    @Override
    public Plan plan(Input in, ClusterFacts cluster, Probed before) {
        return ApiAnswer.nothingUnlessRefused(before);
    }

    @Override
    public Page parse(Input in, Outputs out) {
        ApiAnswer page = new ApiAnswer(out.before().get(0));
        List<K8sNode> nodes = new ArrayList<>();
        for (JsonNode node : page.items()) {
            nodes.add(K8sNode.of(node));
        }
        return new Page(List.copyOf(nodes), page.nextPage());
    }
}
