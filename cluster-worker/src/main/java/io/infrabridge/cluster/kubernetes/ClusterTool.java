package io.infrabridge.cluster.kubernetes;

import io.infrabridge.contract.Selector;
import io.infrabridge.contract.TargetKind;
import io.infrabridge.runtime.operation.Tool;

/** The tool that operates clusters, in the seed's words. */
final class ClusterTool {
    static final Tool CLUSTER_MANAGE =
            new Tool("cluster_manage", "Manage Kubernetes and Docker Swarm clusters", TargetKind.KUBERNETES);

    private ClusterTool() {}

    static Selector[] action(String action) {
        return new Selector[] {Selector.of("cluster_type", "kubernetes"), Selector.of("action", action)};
    }
}
