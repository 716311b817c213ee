package io.infrabridge.cluster.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.infrabridge.contract.Category;
import io.infrabridge.contract.Failure;
import io.infrabridge.runtime.operation.Outputs;
import io.infrabridge.runtime.operation.Probed;
import io.infrabridge.runtime.value.InvalidValue;
import io.infrabridge.runtime.value.PageCursor;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class ListNodesTest {
    private static final ListNodes.Input ALL = new ListNodes.Input(Optional.empty(), Optional.empty());
    private final ListNodes operation = new ListNodes();

    @Test
    void listsNodesWithStateRolesAndSize() {
        ListNodes.Page page = operation.parse(ALL, Outputs.seen(Captured.ok("nodes.json")));
        assertThat(page.nextCursor()).isEmpty();
        assertThat(page.nodes()).extracting(K8sNode::name).containsExactly("lab-node-1", "lab-node-2");
        K8sNode first = page.nodes().get(0);
        assertThat(first.status()).isEqualTo(K8sNode.Status.READY);
        assertThat(first.roles()).containsExactly("control-plane");
        assertThat(first.version()).isEqualTo("v1.20.2");
        assertThat(first.unschedulable()).isFalse();
        assertThat(first.addresses()).contains(new K8sNode.Address("InternalIP", "10.78.0.1"));
        assertThat(first.capacity().cpu()).contains("4");
        assertThat(first.allocatable().memory()).contains("7Gi");
        assertThat(first.capacity().storage()).isEmpty();
        assertThat(first.conditions()).extracting(K8sNode.Condition::reason).containsExactly("KubeletReady");
    }

    @Test
    void handsTheServersTokenOnAsCursor() {
        ListNodes.Page page = operation.parse(ALL, Outputs.seen(Captured.ok("nodes-first.json")));
        assertThat(page.nodes()).hasSize(1);
        ListNodes.Input next =
                new ListNodes.Input(Optional.of(1), page.nextCursor().map(PageCursor::new));
        assertThat(operation.probe(next, Captured.CLUSTER).steps().get(0).command())
                .isEqualTo(List.of(
                        "GET",
                        "/api/v1/nodes?limit=1&continue=" + page.nextCursor().orElseThrow()));
    }

    @Test
    void asksForAHundredUnlessToldOtherwise() {
        assertThat(operation.probe(ALL, Captured.CLUSTER).steps().get(0).command())
                .isEqualTo(List.of("GET", "/api/v1/nodes?limit=100"));
        assertThatThrownBy(() -> new ListNodes.Input(Optional.of(501), Optional.empty()))
                .isInstanceOf(InvalidValue.class)
                .hasMessageContaining("500");
    }

    @Test
    void passesOnWhyTheClusterForbidsIt() {
        Failure refusal = operation
                .plan(ALL, Captured.CLUSTER, Probed.of(Captured.answer(403, "nodes-forbidden.json")))
                .refusal()
                .orElseThrow();
        assertThat(refusal.category()).isEqualTo(Category.FORBIDDEN);
        assertThat(refusal.message()).contains("User \"reader\" cannot list resource \"nodes\"");
        assertThat(refusal.hint()).isNotBlank();
    }
}
