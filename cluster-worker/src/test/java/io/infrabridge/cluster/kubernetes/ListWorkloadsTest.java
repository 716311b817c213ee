package io.infrabridge.cluster.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.infrabridge.contract.Category;
import io.infrabridge.runtime.operation.Output;
import io.infrabridge.runtime.operation.Outputs;
import io.infrabridge.runtime.operation.Probed;
import io.infrabridge.runtime.operation.Step;
import io.infrabridge.runtime.value.InvalidValue;
import io.infrabridge.runtime.value.Namespace;
import io.infrabridge.runtime.value.PageCursor;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class ListWorkloadsTest {
    private static final ListWorkloads.Input ALL =
            new ListWorkloads.Input(Optional.empty(), Optional.empty(), Optional.empty());
    private final ListWorkloads operation = new ListWorkloads();

    @Test
    void listsAllKindsWithReplicasImagesAndState() {
        ListWorkloads.Page page = operation.parse(
                ALL,
                Outputs.seen(
                        Captured.ok("deployments.json"),
                        Captured.ok("statefulsets.json"),
                        Captured.ok("daemonsets.json")));
        assertThat(page.nextCursor()).isEmpty();
        assertThat(page.workloads())
                .containsExactlyInAnyOrder(
                        workload(WorkloadKind.DEPLOYMENT, "web-api", 3, 3, 3, "web-api:1.4.2", Workload.Status.READY),
                        workload(WorkloadKind.DEPLOYMENT, "idle", 0, 0, 0, "idle:1", Workload.Status.SCALED_TO_ZERO),
                        workload(WorkloadKind.STATEFUL_SET, "queue", 1, 1, 1, "queue:2.0", Workload.Status.READY),
                        workload(WorkloadKind.DAEMON_SET, "agent", 2, 1, 2, "agent:0.9", Workload.Status.DEGRADED));
    }

    @Test
    void asksOneNamespaceOrAll() {
        assertThat(paths(ALL))
                .containsExactly(
                        "/apis/apps/v1/deployments?limit=100",
                        "/apis/apps/v1/statefulsets?limit=100",
                        "/apis/apps/v1/daemonsets?limit=100");
        assertThat(paths(new ListWorkloads.Input(
                        Optional.of(new Namespace("production")), Optional.of(7), Optional.empty())))
                .startsWith("/apis/apps/v1/namespaces/production/deployments?limit=7");
    }

    @Test
    void continuesOnlyTheKindsThatAreNotAtTheirEnd() {
        ListWorkloads.Page first = operation.parse(
                ALL,
                Outputs.seen(
                        Captured.ok("deployments-first.json"),
                        Captured.ok("statefulsets.json"),
                        Captured.ok("daemonsets.json")));
        assertThat(first.nextCursor().orElseThrow()).startsWith("deployments:");
        ListWorkloads.Input next = new ListWorkloads.Input(
                Optional.empty(), Optional.empty(), first.nextCursor().map(PageCursor::new));
        assertThat(paths(next)).singleElement().asString().contains("deployments?limit=100&continue=");
        assertThat(operation
                        .parse(next, Outputs.seen(Captured.ok("deployments.json")))
                        .nextCursor())
                .isEmpty();
    }

    @Test
    void refusesACursorOfItsOwnOrOfTheServersMaking() {
        Optional<PageCursor> foreign = Optional.of(new PageCursor("secrets:abc"));
        assertThatThrownBy(() -> new ListWorkloads.Input(Optional.empty(), Optional.empty(), foreign))
                .isInstanceOf(InvalidValue.class);
        Output bad = Captured.answer(400, "deployments-bad-cursor.json");
        assertThat(operation
                        .plan(ALL, Captured.CLUSTER, Probed.of(bad))
                        .refusal()
                        .orElseThrow()
                        .category())
                .isEqualTo(Category.INVALID_ARGUMENT);
    }

    @Test
    void refusesAnAnswerThatWasCutOff() {
        Output cut = new Output(200, "{\"items\":[", "", true);
        assertThat(operation
                        .plan(ALL, Captured.CLUSTER, Probed.of(cut))
                        .refusal()
                        .orElseThrow()
                        .category())
                .isEqualTo(Category.PAYLOAD_TOO_LARGE);
    }

    private List<String> paths(ListWorkloads.Input in) {
        return operation.probe(in, Captured.CLUSTER).steps().stream()
                .map(Step::command)
                .map(command -> command.get(1))
                .toList();
    }

    private static Workload workload(
            WorkloadKind kind, String name, int wanted, int ready, int updated, String image, Workload.Status status) {
        return new Workload(
                kind, name, "production", wanted, ready, ready, updated, List.of("registry.example/" + image), status);
    }
}
