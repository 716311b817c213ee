package io.infrabridge.cluster.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.infrabridge.contract.Category;
import io.infrabridge.contract.Risk;
import io.infrabridge.runtime.operation.Call;
import io.infrabridge.runtime.operation.Output;
import io.infrabridge.runtime.operation.Outputs;
import io.infrabridge.runtime.operation.Plan;
import io.infrabridge.runtime.operation.Probed;
import io.infrabridge.runtime.operation.Step;
import io.infrabridge.runtime.operation.WaitFor;
import io.infrabridge.runtime.value.InvalidValue;
import io.infrabridge.runtime.value.WorkloadName;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class ScaleWorkloadTest {
    private static final String SCALE = "/apis/apps/v1/namespaces/production/deployments/web-api/scale";
    private static final Output MISSING = Captured.answer(404, "statefulset-web-api.json");
    private static final Probed THREE =
            Probed.of(Captured.ok("deployment-web-api.json"), MISSING, Captured.answer(404, "daemonset-web-api.json"));
    private static final Probed TEN = Probed.of(Captured.ok("deployment-web-api-10.json"), MISSING, MISSING);
    private final ScaleWorkload operation = new ScaleWorkload();

    @Test
    void looksForEveryKindInTheNamespaceOfTheContext() {
        assertThat(operation.probe(scale("web-api", 10), Captured.CLUSTER).steps())
                .extracting(step -> step.command().get(1))
                .containsExactly(
                        "/apis/apps/v1/namespaces/production/deployments/web-api",
                        "/apis/apps/v1/namespaces/production/statefulsets/web-api",
                        "/apis/apps/v1/namespaces/production/daemonsets/web-api");
        assertThat(operation
                        .probe(scale("deployment/web-api", 10), Captured.CLUSTER)
                        .steps())
                .hasSize(1);
    }

    @Test
    void putsTheScaleWithTheVersionThatItSaw() {
        Step step = onlyStep(operation.plan(scale("web-api", 10), Captured.CLUSTER, THREE));
        assertThat(step.command().subList(0, 2)).isEqualTo(List.of("PUT", SCALE));
        assertThat(step.command().get(2))
                .isEqualTo("{\"apiVersion\":\"autoscaling/v1\",\"kind\":\"Scale\",\"metadata\":{\"name\":\"web-api\","
                        + "\"namespace\":\"production\",\"resourceVersion\":\"" + version("deployment-web-api.json")
                        + "\"},\"spec\":{\"replicas\":10}}");
        assertThat(step.accepts(Captured.ok("scale-web-api-10.json"))).isTrue();
        assertThat(step.accepts(Captured.answer(409, "scale-conflict.json"))).isFalse();
    }

    @Test
    void doesNothingWhenTheNumberIsAlreadySo() {
        assertThat(operation.plan(scale("web-api", 3), Captured.CLUSTER, THREE)).isEqualTo(Plan.nothing());
        assertThat(operation.plan(scale("web-api", 10), Captured.CLUSTER, TEN)).isEqualTo(Plan.nothing());
    }

    @Test
    void tellsThePreviousAndThePresentNumber() {
        ScaledWorkload scaled = operation.parse(
                scale("web-api", 10), new Outputs(THREE, List.of(Captured.ok("scale-web-api-10.json")), TEN));
        assertThat(scaled)
                .isEqualTo(new ScaledWorkload(
                        WorkloadKind.DEPLOYMENT, "web-api", "production", 3, 10, 3, Workload.Status.DEGRADED));
    }

    @Test
    void undoesItWithTheVersionThatIsThereThen() {
        Step step = onlyStep(operation.plan(scale("web-api", 10), Captured.CLUSTER, THREE));
        assertThat(step.undo().foreseen(THREE)).singleElement().satisfies(back -> {
            assertThat(back.command().get(1)).isEqualTo(SCALE);
            assertThat(back.command().get(2)).contains("\"replicas\":3");
        });
        assertThat(step.undo().after(THREE, TEN))
                .singleElement()
                .satisfies(back -> assertThat(back.command().get(2))
                        .contains("\"replicas\":3")
                        .contains("\"" + version("deployment-web-api-10.json") + "\""));
    }

    @Test
    void undoesNothingThatSomebodyElseSet() {
        Step step = onlyStep(operation.plan(scale("web-api", 12), Captured.CLUSTER, THREE));
        assertThat(step.undo().after(THREE, TEN)).isEmpty();
        assertThat(step.undo().after(THREE, THREE)).isEmpty();
    }

    @Test
    void waitsForTheReplicasWhenAsked() {
        ScaleWorkload.Input in =
                new ScaleWorkload.Input(Optional.empty(), new WorkloadName("web-api"), 10, Optional.of(true));
        List<Step> steps = operation.plan(in, Captured.CLUSTER, THREE).steps();
        assertThat(steps).hasSize(2);
        WaitFor wait = (WaitFor) steps.get(1);
        assertThat(wait.accepts(Captured.ok("deployment-web-api-10.json"))).isFalse();
        assertThat(wait.accepts(Captured.ok("deployment-web-api.json"))).isFalse();
        assertThat(wait.limit()).isLessThan(operation.spec().timeout());
        String ready = Captured.text("deployment-web-api-10.json")
                .replace("\"readyReplicas\": 3", "\"readyReplicas\": 10")
                .replace("\"availableReplicas\": 3", "\"availableReplicas\": 10");
        assertThat(wait.accepts(new Output(200, ready, "", false))).isTrue();
    }

    @Test
    void refusesADaemonSet() {
        Probed agent = Probed.of(
                Captured.answer(404, "deployment-agent.json"),
                Captured.answer(404, "statefulset-agent.json"),
                Captured.ok("daemonset-agent.json"));
        assertRefused(
                operation.plan(scale("agent", 3), Captured.CLUSTER, agent), Category.PRECONDITION_FAILED, "DaemonSet");
    }

    @Test
    void refusesWhatIsNotThere() {
        assertRefused(
                operation.plan(scale("web-api", 3), Captured.CLUSTER, Probed.of(MISSING, MISSING, MISSING)),
                Category.NOT_FOUND,
                "\"web-api\" not found");
    }

    @Test
    void refusesWhatTheUserMayNotSee() {
        Output forbidden = Captured.answer(403, "deployment-forbidden.json");
        assertRefused(
                operation.plan(scale("web-api", 3), Captured.CLUSTER, Probed.of(forbidden, forbidden, forbidden)),
                Category.FORBIDDEN,
                "User \"reader\" cannot get resource");
    }

    @Test
    void refusesANameThatMeansTwo() {
        Probed both =
                Probed.of(Captured.ok("deployment-web-api.json"), Captured.ok("deployment-web-api.json"), MISSING);
        Plan plan = operation.plan(scale("web-api", 5), Captured.CLUSTER, both);
        assertRefused(plan, Category.INVALID_ARGUMENT, "more than one web-api");
        assertThat(plan.refusal().orElseThrow().hint()).contains("deployment/web-api or statefulset/web-api");
    }

    @Test
    void takesWholeNumbersOnly() {
        assertThat(scale("web-api", 10.0).count()).isEqualTo(10);
        for (double wrong : new double[] {10.5, -1, 10_001, Double.NaN}) {
            assertThatThrownBy(() -> scale("web-api", wrong)).isInstanceOf(InvalidValue.class);
        }
        assertThat(operation.spec().risk()).isEqualTo(Risk.CHANGE);
        assertThat(operation.spec().converges()).isTrue();
    }

    private static ScaleWorkload.Input scale(String name, double replicas) {
        return new ScaleWorkload.Input(Optional.empty(), new WorkloadName(name), replicas, Optional.empty());
    }

    private static Step onlyStep(Plan plan) {
        assertThat(plan.steps()).singleElement().isInstanceOf(Call.class);
        return plan.steps().get(0);
    }

    private static String version(String file) {
        return new ApiAnswer(Captured.ok(file))
                .json()
                .path("metadata")
                .path("resourceVersion")
                .asText();
    }

    private static void assertRefused(Plan plan, Category category, String message) {
        assertThat(plan.refusal()).hasValueSatisfying(failure -> {
            assertThat(failure.category()).isEqualTo(category);
            assertThat(failure.message()).contains(message);
            assertThat(failure.hint()).isNotBlank();
        });
    }
}
