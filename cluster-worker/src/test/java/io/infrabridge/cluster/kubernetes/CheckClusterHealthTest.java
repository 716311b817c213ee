package io.infrabridge.cluster.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import io.infrabridge.contract.Category;
import io.infrabridge.contract.HealthEvent;
import io.infrabridge.runtime.operation.Output;
import io.infrabridge.runtime.operation.Outputs;
import io.infrabridge.runtime.operation.Plan;
import io.infrabridge.runtime.operation.Probed;
import java.util.Collections;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class CheckClusterHealthTest {
    private static final CheckClusterHealth.Input IN = new CheckClusterHealth.Input(Optional.empty());
    private static final Output NONE = new Output(200, "{\"items\":[]}", "", false);
    private static final Output FORBIDDEN = Captured.answer(403, "nodes-forbidden.json");
    private final CheckClusterHealth operation = new CheckClusterHealth();

    @Test
    void isDegradedByACrashingPodAndNamesIt() {
        ClusterHealth health = operation.parse(
                IN,
                Outputs.seen(
                        Captured.ok("readyz.txt"),
                        Captured.ok("nodes.json"),
                        Captured.ok("deployments.json"),
                        Captured.ok("statefulsets.json"),
                        Captured.ok("daemonsets.json"),
                        Captured.ok("pods.json")));
        assertThat(health.status()).isEqualTo(HealthEvent.Status.DEGRADED);
        assertThat(health.nodes()).isEqualTo(new ClusterHealth.Tally(2, 2));
        assertThat(health.workloads()).isEqualTo(new ClusterHealth.Tally(4, 3));
        assertThat(health.pods()).isEqualTo(new ClusterHealth.Tally(6, 5));
        assertThat(health.complete()).isTrue();
        assertThat(health.issues()).hasSize(2);
        assertThat(health.issues().get(0).name()).isEqualTo("daemonset/agent");
        assertThat(health.issues().get(0).message()).isEqualTo("1 of 2 replicas are available, 2 are up to date.");
        assertThat(health.issues().get(1).kind()).isEqualTo(ClusterHealth.Subject.POD);
        assertThat(health.issues().get(1).message())
                .isEqualTo("Container agent waits: CrashLoopBackOff after 17 restarts.");
    }

    @Test
    void isHealthyWithoutIssues() {
        assertThat(health(Captured.ok("readyz.txt"), Captured.ok("nodes.json")).status())
                .isEqualTo(HealthEvent.Status.HEALTHY);
    }

    @Test
    void hasFailedWhenTheServerIsNotReady() {
        ClusterHealth health = health(Captured.answer(500, "readyz-without-etcd.txt"), Captured.ok("nodes.json"));
        assertThat(health.status()).isEqualTo(HealthEvent.Status.FAILED);
        assertThat(health.issues()).extracting(ClusterHealth.Issue::name).containsExactly("etcd");
    }

    @Test
    void hasFailedWithoutAReadyNode() {
        Output nodes = new Output(
                200, Captured.text("nodes.json").replace("\"status\": \"True\"", "\"status\": \"False\""), "", false);
        ClusterHealth health = health(Captured.ok("readyz.txt"), nodes);
        assertThat(health.status()).isEqualTo(HealthEvent.Status.FAILED);
        assertThat(health.nodes()).isEqualTo(new ClusterHealth.Tally(2, 0));
        assertThat(health.issues()).hasSize(3);
    }

    @Test
    void isIncompleteWhereSomethingMayNotBeSeen() {
        ClusterHealth health = health(FORBIDDEN, FORBIDDEN);
        assertThat(health.status()).isEqualTo(HealthEvent.Status.HEALTHY);
        assertThat(health.complete()).isFalse();
    }

    @Test
    void refusesWhereNothingMayBeSeen() {
        Plan plan = operation.plan(IN, Captured.CLUSTER, new Probed(Collections.nCopies(6, FORBIDDEN)));
        assertThat(plan.refusal().orElseThrow().category()).isEqualTo(Category.FORBIDDEN);
    }

    private ClusterHealth health(Output ready, Output nodes) {
        return operation.parse(IN, Outputs.seen(ready, nodes, NONE, NONE, NONE, NONE));
    }
}
