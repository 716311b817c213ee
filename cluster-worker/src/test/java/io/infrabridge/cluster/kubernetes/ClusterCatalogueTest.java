package io.infrabridge.cluster.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.infrabridge.contract.Json;
import io.infrabridge.contract.OperationDescriptor;
import io.infrabridge.contract.Risk;
import io.infrabridge.contract.TargetKind;
import io.infrabridge.runtime.catalogue.ArgumentDecoder;
import io.infrabridge.runtime.catalogue.InvalidArguments;
import io.infrabridge.runtime.catalogue.OperationCatalogue;
import io.infrabridge.runtime.operation.Operation;
import io.infrabridge.runtime.operation.ShippedRoles;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class ClusterCatalogueTest {
    static final List<Operation<?, ?, ?>> OPERATIONS = List.of(
            new DescribeCluster(), new ListNodes(), new ListWorkloads(), new ScaleWorkload(), new CheckClusterHealth());

    @Test
    void letsEachShippedRoleDoItsRisksAndNoMore() throws Exception {
        ShippedRoles.check(new OperationCatalogue(OPERATIONS).descriptors());
    }

    @Test
    void offersTheActionsOfTheSeed() {
        List<OperationDescriptor> all = new OperationCatalogue(OPERATIONS).descriptors();
        assertThat(all)
                .extracting(OperationDescriptor::action)
                .containsExactly(
                        "kubernetes.health",
                        "kubernetes.info",
                        "kubernetes.nodes",
                        "kubernetes.scale",
                        "kubernetes.workloads");
        assertThat(all).allMatch(one -> one.tool().equals("cluster_manage"));
        assertThat(all).allMatch(one -> one.targetKind() == TargetKind.KUBERNETES);
        assertThat(all).allMatch(one -> one.risk() == (one.action().endsWith("scale") ? Risk.CHANGE : Risk.READ));
    }

    @Test
    void takesTheSeedsArgumentsForScaling() {
        OperationDescriptor scale =
                new OperationCatalogue(OPERATIONS).descriptors().get(3);
        JsonNode properties = scale.inputSchema().path("properties");
        assertThat(properties.path("replicas").path("type").asText()).isEqualTo("number");
        assertThat(properties.path("workload_name").path("type").asText()).isEqualTo("string");
        assertThat(Json.text(scale.inputSchema().path("required")))
                .isEqualTo("[\"cluster_type\",\"action\",\"workload_name\",\"replicas\"]");
        for (String replicas : List.of("10", "10.0")) {
            ScaleWorkload.Input in = decode(replicas);
            assertThat(in.count()).isEqualTo(10);
            assertThat(in.namespace().orElseThrow().value()).isEqualTo("production");
            assertThat(in.waitUntilReady()).isEqualTo(Optional.empty());
        }
        for (String replicas : List.of("10.5", "-1", "\"10\"", "null", "1e9")) {
            assertThatThrownBy(() -> decode(replicas)).isInstanceOf(InvalidArguments.class);
        }
    }

    private static ScaleWorkload.Input decode(String replicas) {
        return new ArgumentDecoder()
                .decode(
                        new ScaleWorkload().spec(),
                        Json.parse("{\"cluster_type\":\"kubernetes\",\"action\":\"scale\",\"namespace\":\"production\","
                                + "\"workload_name\":\"web-api\",\"replicas\":" + replicas + "}"));
    }
}
