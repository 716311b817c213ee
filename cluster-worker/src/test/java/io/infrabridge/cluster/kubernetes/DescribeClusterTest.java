package io.infrabridge.cluster.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import io.infrabridge.contract.Category;
import io.infrabridge.runtime.operation.Output;
import io.infrabridge.runtime.operation.Outputs;
import io.infrabridge.runtime.operation.Plan;
import io.infrabridge.runtime.operation.Probed;
import org.junit.jupiter.api.Test;

final class DescribeClusterTest {
    private static final DescribeCluster.Input IN = new DescribeCluster.Input();
    private final DescribeCluster operation = new DescribeCluster();

    @Test
    void tellsVersionAddressesAndSize() {
        K8sClusterInfo info = operation.parse(
                IN,
                Outputs.seen(
                        Captured.ok("version.json"),
                        Captured.ok("api.json"),
                        Captured.ok("nodes-first.json"),
                        Captured.ok("namespaces-first.json")));
        assertThat(info.type()).isEqualTo("kubernetes");
        assertThat(info.version()).startsWith("v");
        assertThat(info.platform()).isEqualTo("linux/amd64");
        assertThat(info.endpoints()).containsExactly("127.0.0.18:6443");
        assertThat(info.nodeCount()).contains(2);
        assertThat(info.namespaceCount()).contains(5);
    }

    @Test
    void leavesOutWhatTheUserMayNotCount() {
        Probed before = Probed.of(
                Captured.ok("version.json"),
                Captured.ok("api.json"),
                Captured.answer(403, "nodes-forbidden.json"),
                Captured.answer(403, "nodes-forbidden.json"));
        assertThat(operation.plan(IN, Captured.CLUSTER, before)).isEqualTo(Plan.nothing());
        K8sClusterInfo info = operation.parse(IN, Outputs.seen(before.outputs().toArray(Output[]::new)));
        assertThat(info.nodeCount()).isEmpty();
        assertThat(info.namespaceCount()).isEmpty();
    }

    @Test
    void refusesWhereNotEvenTheVersionMayBeRead() {
        Output forbidden = Captured.answer(403, "nodes-forbidden.json");
        Plan plan = operation.plan(IN, Captured.CLUSTER, Probed.of(forbidden, forbidden, forbidden, forbidden));
        assertThat(plan.refusal().orElseThrow().category()).isEqualTo(Category.FORBIDDEN);
    }
}
