package io.infrabridge.cluster.kubernetes;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import com.fasterxml.jackson.databind.JsonNode;
import io.infrabridge.runtime.operation.ClusterFacts;
import io.infrabridge.runtime.operation.ClusterOperation;
import io.infrabridge.runtime.operation.OperationSpec;
import io.infrabridge.runtime.operation.Outputs;
import io.infrabridge.runtime.operation.Plan;
import io.infrabridge.runtime.operation.Probed;
import io.infrabridge.runtime.operation.Step;
import io.infrabridge.runtime.value.Namespace;
import io.infrabridge.runtime.value.PageCursor;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Lists deployments, stateful sets and daemon sets, a page at a time. */
@Singleton
final class ListWorkloads implements ClusterOperation<ListWorkloads.Input, ListWorkloads.Page> {
    record Input(
            Optional<Namespace> namespace,

            @JsonPropertyDescription("How many of each kind at most, 1 to 500; 100 where absent")
            Optional<Integer> limit,

            Optional<PageCursor> cursor) {
        Input {
            ListQuery.check(limit);
            cursor.ifPresent(WorkloadCursor::of);
        }

        WorkloadCursor from() {
            return cursor.map(WorkloadCursor::of).orElseGet(WorkloadCursor::start);
        }
    }

    /** Some workloads, and where the next ones begin. */
    record Page(List<Workload> workloads, Optional<String> nextCursor) {}

    @Override
    public OperationSpec<Input, Page> spec() {
        return OperationSpec.read(
                ClusterTool.CLUSTER_MANAGE,
                "Lists the workloads of a namespace, or of all, with their replicas, images and state",
                Input.class,
                Page.class,
                ClusterTool.action("workloads"));
    }

    @Override
    public Plan probe(Input in, ClusterFacts cluster) {
        Optional<String> namespace = in.namespace().map(Namespace::value);
        List<Step> looks = new ArrayList<>();
        in.from().open().forEach((kind, token) -> {
            ListQuery query = new ListQuery(ListQuery.limit(in.limit()), token);
            looks.add(ApiAnswer.look("List the " + kind.plural(), query.of(kind.collection(namespace))));
        });
        return Plan.of(looks);
    }

    @Override
    public Plan plan(Input in, ClusterFacts cluster, Probed before) {
        return ApiAnswer.nothingUnlessRefused(before);
    }

    @Override
    public Page parse(Input in, Outputs out) {
        List<Workload> workloads = new ArrayList<>();
        Map<WorkloadKind, Optional<String>> open = new EnumMap<>(WorkloadKind.class);
        int answer = 0;
        for (WorkloadKind kind : in.from().open().keySet()) {
            ApiAnswer page = new ApiAnswer(out.before().get(answer++));
            for (JsonNode object : page.items()) {
                workloads.add(Workload.of(kind, object));
            }
            open.put(kind, page.nextPage());
        }
        return new Page(List.copyOf(workloads), new WorkloadCursor(open).text());
    }
}
