package io.infrabridge.cluster.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.NodeBuilder;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.server.mock.KubernetesMixedDispatcher;
import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import io.fabric8.mockwebserver.Context;
import io.fabric8.mockwebserver.MockWebServer;
import io.fabric8.mockwebserver.ServerRequest;
import io.fabric8.mockwebserver.ServerResponse;
import io.infrabridge.contract.Category;
import io.infrabridge.contract.HealthEvent;
import io.infrabridge.contract.State;
import io.infrabridge.runtime.execution.Ended;
import io.infrabridge.runtime.value.WorkloadName;
import io.opentelemetry.api.OpenTelemetry;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every action, through the runner and over HTTP, against fabric8's mock server with objects that it keeps. */
final class ActionsOnMockServerTest {
    private static final Vertx VERTX = Vertx.vertx();
    private static final String DEPLOYMENT = "/apis/apps/v1/namespaces/space-0/deployments/web";

    private KubernetesMockServer server;
    private KubernetesClient cluster;
    private KubernetesTargets targets;
    private TestRun run;

    @TempDir
    Path folder;

    @BeforeEach
    void start() {
        Map<ServerRequest, Queue<ServerResponse>> expectations = new HashMap<>();
        server = new KubernetesMockServer(
                new Context(), new MockWebServer(), expectations, new KubernetesMixedDispatcher(expectations), false);
        server.init();
        cluster = server.createClient();
        Path kubeconfig = TestClusters.kubeconfig(folder.resolve("config"), server.url("/"));
        targets = new KubernetesTargets(
                TestClusters.inventory(TestClusters.cluster("mock", kubeconfig, Optional.empty())),
                VERTX,
                OpenTelemetry.noop().getTracer("test"));
        run = new TestRun(targets);
    }

    @AfterEach
    void stop() {
        targets.close();
        cluster.close();
        server.destroy();
    }

    @AfterAll
    static void closeVertx() {
        VERTX.close().toCompletionStage().toCompletableFuture().join();
    }

    @Test
    void info() {
        node("n1", "True");
        K8sClusterInfo info = output(run.run(new DescribeCluster(), new DescribeCluster.Input(), "mock"));
        assertThat(info.version()).isNotBlank();
        assertThat(info.nodeCount()).contains(1);
        assertThat(info.namespaceCount()).contains(0);
    }

    @Test
    void nodes() {
        node("n1", "True");
        node("n2", "False");
        ListNodes.Page page =
                output(run.run(new ListNodes(), new ListNodes.Input(Optional.empty(), Optional.empty()), "mock"));
        assertThat(page.nodes())
                .extracting(K8sNode::status)
                .containsExactlyInAnyOrder(K8sNode.Status.READY, K8sNode.Status.NOT_READY);
    }

    @Test
    void workloads() {
        deployment(2, 2);
        ListWorkloads.Page page = output(run.run(
                new ListWorkloads(),
                new ListWorkloads.Input(Optional.empty(), Optional.empty(), Optional.empty()),
                "mock"));
        assertThat(page.workloads()).singleElement().satisfies(workload -> {
            assertThat(workload.reference()).isEqualTo("deployment/web");
            assertThat(workload.namespace()).isEqualTo("space-0");
            assertThat(workload.status()).isEqualTo(Workload.Status.READY);
        });
    }

    @Test
    void health() {
        server.expect().get().withPath("/readyz?verbose").andReturn(200, "ok").always();
        node("n1", "True");
        deployment(2, 1);
        cluster.pods()
                .inNamespace("space-0")
                .resource(new PodBuilder()
                        .withNewMetadata()
                        .withName("web-1")
                        .endMetadata()
                        .withNewStatus()
                        .withPhase("Running")
                        .addNewContainerStatus()
                        .withName("web")
                        .withRestartCount(4)
                        .withNewState()
                        .withNewWaiting()
                        .withReason("CrashLoopBackOff")
                        .endWaiting()
                        .endState()
                        .endContainerStatus()
                        .endStatus()
                        .build())
                .create();
        ClusterHealth health =
                output(run.run(new CheckClusterHealth(), new CheckClusterHealth.Input(Optional.empty()), "mock"));
        assertThat(health.status()).isEqualTo(HealthEvent.Status.DEGRADED);
        assertThat(health.issues()).extracting(ClusterHealth.Issue::name).containsExactly("deployment/web", "web-1");
        assertThat(health.complete()).isTrue();
    }

    @Test
    void scalingToWhatIsThereChangesNothing() {
        deployment(2, 2);
        Ended ended = run.run(new ScaleWorkload(), scale(2), "mock");
        assertThat(ended.changed()).isFalse();
        ScaledWorkload scaled = output(ended);
        assertThat(scaled.previousReplicas()).isEqualTo(2);
        assertThat(scaled.replicas()).isEqualTo(2);
    }

    /** The mock server keeps no scale sub-resource, so its answer and the deployment afterwards are put in place. */
    @Test
    void scale() {
        Deployment two = deployment(2, 2);
        server.expect().get().withPath(DEPLOYMENT).andReturn(200, two).once();
        server.expect()
                .put()
                .withPath(DEPLOYMENT + "/scale")
                .andReturn(200, "{}")
                .once();
        server.expect()
                .get()
                .withPath(DEPLOYMENT)
                .andReturn(200, scaled(two, 5))
                .once();
        Ended ended = run.run(new ScaleWorkload(), scale(5), "mock");
        assertThat(ended.changed()).isTrue();
        ScaledWorkload result = output(ended);
        assertThat(result.previousReplicas()).isEqualTo(2);
        assertThat(result.replicas()).isEqualTo(5);
        assertThat(ended.execution().orElseThrow().target()).isEqualTo("mock");
    }

    @Test
    void aDryRunShowsRequestAndUndoAndSendsNothing() {
        deployment(2, 2);
        Ended ended = run.dryRun(new ScaleWorkload(), scale(5), "mock");
        assertThat(ended.state()).isEqualTo(State.SUCCEEDED);
        assertThat(ended.steps()).singleElement().satisfies(step -> {
            assertThat(step.command()).startsWith("PUT", DEPLOYMENT + "/scale");
            assertThat(step.undo().get(0).get(2)).contains("\"replicas\":2");
        });
        assertThat(cluster.apps()
                        .deployments()
                        .inNamespace("space-0")
                        .withName("web")
                        .get()
                        .getSpec()
                        .getReplicas())
                .isEqualTo(2);
    }

    @Test
    void aConflictFailsWithTheServersWordsAndUndoesNothing() {
        deployment(2, 2);
        server.expect()
                .put()
                .withPath(DEPLOYMENT + "/scale")
                .andReturn(409, Captured.text("scale-conflict.json"))
                .always();
        Ended ended = run.run(new ScaleWorkload(), scale(5), "mock");
        assertThat(ended.state()).isEqualTo(State.FAILED);
        assertThat(ended.failure().orElseThrow().message()).contains("the object has been modified");
        assertThat(ended.steps()).noneMatch(step -> step.undone());
    }

    @Test
    void aRefusalNamesItsReason() {
        server.expect()
                .get()
                .withPath("/api/v1/nodes?limit=100")
                .andReturn(403, Captured.text("nodes-forbidden.json"))
                .always();
        Ended forbidden = run.run(new ListNodes(), new ListNodes.Input(Optional.empty(), Optional.empty()), "mock");
        assertThat(forbidden.failure().orElseThrow().category()).isEqualTo(Category.FORBIDDEN);
        Ended missing = run.run(new ScaleWorkload(), scale(5), "mock");
        assertThat(missing.failure().orElseThrow().category()).isEqualTo(Category.NOT_FOUND);
        Ended unknown = run.run(new DescribeCluster(), new DescribeCluster.Input(), "other");
        assertThat(unknown.state()).isEqualTo(State.REJECTED);
        assertThat(unknown.failure().orElseThrow().category()).isEqualTo(Category.UNKNOWN_TARGET);
    }

    @Test
    void anUnreachableClusterFailsTheOperation() {
        server.destroy();
        Ended ended = run.run(new DescribeCluster(), new DescribeCluster.Input(), "mock");
        assertThat(ended.state()).isEqualTo(State.FAILED);
        assertThat(ended.failure().orElseThrow().category()).isEqualTo(Category.CLUSTER_UNREACHABLE);
    }

    private static ScaleWorkload.Input scale(int replicas) {
        return new ScaleWorkload.Input(
                Optional.empty(), new WorkloadName("deployment/web"), replicas, Optional.empty());
    }

    @SuppressWarnings("unchecked")
    private static <O extends Record> O output(Ended ended) {
        assertThat(ended.failure()).isEmpty();
        assertThat(ended.state()).isEqualTo(State.SUCCEEDED);
        return (O) ended.output().orElseThrow();
    }

    private void node(String name, String ready) {
        cluster.nodes()
                .resource(new NodeBuilder()
                        .withNewMetadata()
                        .withName(name)
                        .endMetadata()
                        .withNewStatus()
                        .addNewCondition()
                        .withType("Ready")
                        .withStatus(ready)
                        .endCondition()
                        .endStatus()
                        .build())
                .create();
    }

    private Deployment deployment(int replicas, int available) {
        Deployment deployment = new DeploymentBuilder()
                .withNewMetadata()
                .withName("web")
                .withNamespace("space-0")
                .endMetadata()
                .withNewSpec()
                .withReplicas(replicas)
                .endSpec()
                .withNewStatus()
                .withObservedGeneration(1L)
                .withReplicas(replicas)
                .withUpdatedReplicas(replicas)
                .withReadyReplicas(available)
                .withAvailableReplicas(available)
                .endStatus()
                .build();
        return cluster.apps()
                .deployments()
                .inNamespace("space-0")
                .resource(deployment)
                .create();
    }

    private static Deployment scaled(Deployment deployment, int replicas) {
        return new DeploymentBuilder(deployment)
                .editSpec()
                .withReplicas(replicas)
                .endSpec()
                .build();
    }
}
