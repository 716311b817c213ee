package io.infrabridge.cluster.kubernetes;

import io.infrabridge.contract.Category;
import io.infrabridge.runtime.operation.ApiRequest;
import io.infrabridge.runtime.operation.Call;
import io.infrabridge.runtime.operation.ClusterFacts;
import io.infrabridge.runtime.operation.ClusterOperation;
import io.infrabridge.runtime.operation.OperationSpec;
import io.infrabridge.runtime.operation.Outputs;
import io.infrabridge.runtime.operation.Plan;
import io.infrabridge.runtime.operation.Probed;
import io.infrabridge.runtime.operation.Step;
import io.infrabridge.runtime.value.Namespace;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Checks the API server, the nodes, and the workloads and pods of a namespace or of all. */
@Singleton
final class CheckClusterHealth implements ClusterOperation<CheckClusterHealth.Input, ClusterHealth> {
    /** Larger pages would not fit into an answer; what is beyond them shows in their workload's numbers. */
    private static final ListQuery ONE_PAGE = ListQuery.first(250);

    record Input(Optional<Namespace> namespace) {}

    @Override
    public OperationSpec<Input, ClusterHealth> spec() {
        return OperationSpec.read(
                ClusterTool.CLUSTER_MANAGE,
                "Checks API server, nodes, workloads and pods of a Kubernetes cluster",
                Input.class,
                ClusterHealth.class,
                ClusterTool.action("health"));
    }

    @Override
    public Plan probe(Input in, ClusterFacts cluster) {
        Optional<String> namespace = in.namespace().map(Namespace::value);
        List<Step> looks = new ArrayList<>();
        // a server that is not ready answers 500 and says why
        looks.add(Call.of("Ask the API server whether it is ready", ApiRequest.get("/readyz?verbose"))
                .accepting(200, 403, 404, 500));
        looks.add(ApiAnswer.look("List the nodes", ONE_PAGE.of("/api/v1/nodes")));
        for (WorkloadKind kind : WorkloadKind.values()) {
            looks.add(ApiAnswer.look("List the " + kind.plural(), ONE_PAGE.of(kind.collection(namespace))));
        }
        String pods =
                namespace.map(name -> "/api/v1/namespaces/" + name + "/pods").orElse("/api/v1/pods");
        looks.add(ApiAnswer.look("List the pods", ONE_PAGE.of(pods)));
        return Plan.of(looks);
    }

    @Override
    public Plan plan(Input in, ClusterFacts cluster, Probed before) {
        List<ApiAnswer> seen = ApiAnswer.all(before);
        if (seen.stream().allMatch(ApiAnswer::forbidden)) {
            return Plan.refuse(
                    Category.FORBIDDEN,
                    "The cluster forbids to look at anything: " + seen.get(1).message(),
                    "Grant the user of the kubeconfig to list nodes, workloads and pods.");
        }
        if (seen.stream().anyMatch(answer -> answer.output().truncated())) {
            return Plan.refuse(
                    Category.PAYLOAD_TOO_LARGE,
                    "The cluster's answer was longer than this worker reads.",
                    "Name a namespace to look at less.");
        }
        return Plan.nothing();
    }

    @Override
    public ClusterHealth parse(Input in, Outputs out) {
        List<ApiAnswer> seen = ApiAnswer.all(out.before());
        HealthFindings findings = new HealthFindings();
        findings.server(seen.get(0));
        findings.nodes(seen.get(1));
        for (WorkloadKind kind : WorkloadKind.values()) {
            findings.workloads(kind, seen.get(2 + kind.ordinal()));
        }
        findings.pods(seen.get(2 + WorkloadKind.values().length));
        return findings.health();
    }
}
