package io.infrabridge.cluster.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.vertx.VertxHttpClientFactory;
import io.infrabridge.contract.Category;
import io.infrabridge.contract.HealthEvent;
import io.infrabridge.contract.State;
import io.infrabridge.runtime.execution.Ended;
import io.infrabridge.runtime.value.Namespace;
import io.infrabridge.runtime.value.PageCursor;
import io.infrabridge.runtime.value.WorkloadName;
import io.opentelemetry.api.OpenTelemetry;
import io.vertx.core.Vertx;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Every action on the real control plane of deploy/lab/kubernetes, as its administrator and as a reader of one namespace. */
@Tag("lab")
final class ClusterOfTheLabTest {
    private static final String NAME = "web-" + UUID.randomUUID().toString().substring(0, 8);
    private static final Vertx VERTX = Vertx.vertx();
    private static KubernetesTargets targets;
    private static KubernetesClient cluster;
    private static TestRun run;

    @BeforeAll
    static void connect() {
        Path kubeconfig = Path.of(System.getProperty("infrabridge.lab", "/run/infrabridge-lab"), "kubeconfig");
        assumeTrue(Files.isReadable(kubeconfig), "no " + kubeconfig + ": run deploy/lab/kubernetes up first");
        targets = new KubernetesTargets(
                TestClusters.inventory(
                        TestClusters.cluster("lab", kubeconfig, Optional.of("lab")),
                        TestClusters.cluster("lab-reader", kubeconfig, Optional.of("lab-reader"))),
                VERTX,
                OpenTelemetry.noop().getTracer("test"));
        run = new TestRun(targets);
        cluster = new KubernetesClientBuilder()
                .withConfig(Config.fromKubeconfig("lab", kubeconfig.toFile()))
                .withHttpClientFactory(new VertxHttpClientFactory(VERTX))
                .build();
        cluster.apps()
                .deployments()
                .inNamespace("default")
                .resource(new DeploymentBuilder()
                        .withNewMetadata()
                        .withName(NAME)
                        .endMetadata()
                        .withNewSpec()
                        .withReplicas(2)
                        .withNewSelector()
                        .withMatchLabels(Map.of("app", NAME))
                        .endSelector()
                        .withNewTemplate()
                        .withNewMetadata()
                        .withLabels(Map.of("app", NAME))
                        .endMetadata()
                        .withNewSpec()
                        .addNewContainer()
                        .withName("web")
                        .withImage("registry.example/web:1")
                        .endContainer()
                        .endSpec()
                        .endTemplate()
                        .endSpec()
                        .build())
                .create();
    }

    @AfterAll
    static void disconnect() {
        if (cluster != null) {
            cluster.apps().deployments().inNamespace("default").withName(NAME).delete();
            cluster.close();
            targets.close();
        }
        VERTX.close().toCompletionStage().toCompletableFuture().join();
    }

    @Test
    void info() {
        K8sClusterInfo info = output(run.run(new DescribeCluster(), new DescribeCluster.Input(), "lab"));
        assertThat(info.platform()).isEqualTo("linux/amd64");
        assertThat(info.nodeCount()).contains(2);
        assertThat(info.namespaceCount().orElseThrow()).isGreaterThanOrEqualTo(4);
        assertThat(info.endpoints()).isNotEmpty();
    }

    @Test
    void nodesPageByPage() {
        ListNodes.Page first =
                output(run.run(new ListNodes(), new ListNodes.Input(Optional.of(1), Optional.empty()), "lab"));
        ListNodes.Page second = output(run.run(
                new ListNodes(),
                new ListNodes.Input(Optional.of(1), first.nextCursor().map(PageCursor::new)),
                "lab"));
        assertThat(first.nodes()).extracting(K8sNode::name).containsExactly("lab-node-1");
        assertThat(second.nodes()).extracting(K8sNode::name).containsExactly("lab-node-2");
        assertThat(second.nextCursor()).isEmpty();
        Ended bogus = run.run(
                new ListNodes(), new ListNodes.Input(Optional.of(1), Optional.of(new PageCursor("bogus"))), "lab");
        assertThat(bogus.failure().orElseThrow().category()).isEqualTo(Category.INVALID_ARGUMENT);
    }

    @Test
    void workloads() {
        ListWorkloads.Page page = output(run.run(
                new ListWorkloads(),
                new ListWorkloads.Input(Optional.of(new Namespace("default")), Optional.empty(), Optional.empty()),
                "lab"));
        assertThat(page.workloads()).anySatisfy(workload -> {
            assertThat(workload.reference()).isEqualTo("deployment/" + NAME);
            assertThat(workload.images()).containsExactly("registry.example/web:1");
        });
    }

    @Test
    void healthNamesTheWorkloadWhosePodsDoNotRun() {
        ClusterHealth health = output(run.run(
                new CheckClusterHealth(), new CheckClusterHealth.Input(Optional.of(new Namespace("default"))), "lab"));
        assertThat(health.status()).isEqualTo(HealthEvent.Status.DEGRADED);
        assertThat(health.nodes()).isEqualTo(new ClusterHealth.Tally(2, 2));
        assertThat(health.issues()).extracting(ClusterHealth.Issue::name).contains("deployment/" + NAME);
    }

    @Test
    void scalesOnceAndThenChangesNothing() {
        Ended dry = run.dryRun(new ScaleWorkload(), scale(NAME, 5), "lab");
        assertThat(dry.steps()).hasSize(1);
        Ended scaled = run.run(new ScaleWorkload(), scale(NAME, 5), "lab");
        ScaledWorkload result = output(scaled);
        assertThat(scaled.changed()).isTrue();
        assertThat(result.previousReplicas()).isEqualTo(2);
        assertThat(result.replicas()).isEqualTo(5);
        assertThat(cluster.apps()
                        .deployments()
                        .inNamespace("default")
                        .withName(NAME)
                        .get()
                        .getSpec()
                        .getReplicas())
                .isEqualTo(5);
        Ended again = run.run(new ScaleWorkload(), scale(NAME, 5), "lab");
        assertThat(again.changed()).isFalse();
        Ended missing = run.run(new ScaleWorkload(), scale("nothing-like-it", 5), "lab");
        assertThat(missing.failure().orElseThrow().category()).isEqualTo(Category.NOT_FOUND);
    }

    @Test
    void aReaderIsToldWhatItMayNotDo() {
        Ended nodes = run.run(new ListNodes(), new ListNodes.Input(Optional.empty(), Optional.empty()), "lab-reader");
        assertThat(nodes.failure().orElseThrow().category()).isEqualTo(Category.FORBIDDEN);
        assertThat(nodes.failure().orElseThrow().message()).contains("User \"reader\" cannot list resource \"nodes\"");
        Ended scaled = run.run(new ScaleWorkload(), scale(NAME, 7), "lab-reader");
        assertThat(scaled.state()).isEqualTo(State.FAILED);
        assertThat(scaled.failure().orElseThrow().message()).contains("cannot update resource");
        ClusterHealth health = output(run.run(
                new CheckClusterHealth(),
                new CheckClusterHealth.Input(Optional.of(new Namespace("default"))),
                "lab-reader"));
        assertThat(health.complete()).isFalse();
    }

    private static ScaleWorkload.Input scale(String name, int replicas) {
        return new ScaleWorkload.Input(Optional.empty(), new WorkloadName(name), replicas, Optional.empty());
    }

    @SuppressWarnings("unchecked")
    private static <O extends Record> O output(Ended ended) {
        assertThat(ended.failure()).isEmpty();
        assertThat(ended.state()).isEqualTo(State.SUCCEEDED);
        return (O) ended.output().orElseThrow();
    }
}
