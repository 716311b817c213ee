package io.infrabridge.cluster.kubernetes;

/** A workload before and after it was scaled; its pods may still be on their way. */
record ScaledWorkload(
        WorkloadKind kind,
        String name,
        String namespace,
        int previousReplicas,
        int replicas,
        int readyReplicas,
        Workload.Status status) {
    static ScaledWorkload of(Workload before, Workload after) {
        return new ScaledWorkload(
                after.kind(),
                after.name(),
                after.namespace(),
                before.replicas(),
                after.replicas(),
                after.readyReplicas(),
                after.status());
    }
}
