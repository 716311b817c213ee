package io.infrabridge.cluster.kubernetes;

import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.http.HttpClient;
import io.fabric8.kubernetes.client.vertx.VertxHttpClientFactory;
import io.infrabridge.contract.Category;
import io.infrabridge.contract.TargetKind;
import io.infrabridge.runtime.execution.ExecutionFailure;
import io.infrabridge.runtime.execution.Target;
import io.infrabridge.runtime.execution.Targets;
import io.infrabridge.trust.inventory.Cluster;
import io.infrabridge.trust.inventory.Inventory;
import io.opentelemetry.api.trace.Tracer;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import io.vertx.core.Vertx;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The Kubernetes clusters of the inventory; one client each, kept until its kubeconfig changes. */
@Singleton
public final class KubernetesTargets implements Targets {
    /** Longer than any operation may take that began with the client that was replaced. */
    private static final Duration RETIREMENT = Duration.ofMinutes(15);

    private final Inventory inventory;
    private final Vertx vertx;
    private final Tracer tracer;
    private final Duration requestLimit;
    private final HttpClient.Factory http;
    private final Map<String, ClusterConnection> connections = new ConcurrentHashMap<>();
    private final Set<ClusterConnection> retired = ConcurrentHashMap.newKeySet();

    @Inject
    public KubernetesTargets(Inventory inventory, Vertx vertx, Tracer tracer) {
        this(inventory, vertx, tracer, Duration.ofSeconds(10));
    }

    KubernetesTargets(Inventory inventory, Vertx vertx, Tracer tracer, Duration requestLimit) {
        this.inventory = inventory;
        this.vertx = vertx;
        this.tracer = tracer;
        this.requestLimit = requestLimit;
        this.http = new VertxHttpClientFactory(vertx);
    }

    @Override
    public TargetKind kind() {
        return TargetKind.KUBERNETES;
    }

    /** Reads files at most; whether the cluster answers is seen by the first call. */
    @Override
    public Uni<? extends Target<?>> reach(String name) {
        return Uni.createFrom()
                .item(() -> new KubernetesTarget(connection(cluster(name)), tracer))
                .runSubscriptionOn(Infrastructure.getDefaultWorkerPool());
    }

    @PreDestroy
    void close() {
        connections.values().forEach(ClusterConnection::close);
        connections.clear();
        retired.forEach(ClusterConnection::close);
        retired.clear();
    }

    private Cluster cluster(String name) {
        // another name of it would be another lane and another target to the policy
        Optional<Cluster> known =
                inventory.cluster(name).filter(cluster -> cluster.name().equals(name));
        return known.filter(cluster -> cluster.type() == Cluster.Type.KUBERNETES)
                .orElseThrow(() -> ExecutionFailure.before(
                        Category.UNKNOWN_TARGET,
                        known.isPresent()
                                ? name + " is not a Kubernetes cluster."
                                : "There is no cluster " + name + " in the inventory.",
                        "Known are: "
                                + inventory.clusters(Cluster.Type.KUBERNETES).stream()
                                        .map(Cluster::name)
                                        .toList()
                                + "."));
    }

    private ClusterConnection connection(Cluster cluster) {
        return connections.compute(
                cluster.name(), (name, kept) -> kept != null && kept.current() ? kept : open(cluster, kept));
    }

    private ClusterConnection open(Cluster cluster, @Nullable ClusterConnection replaced) {
        try {
            ClusterConnection opened = ClusterConnection.open(cluster, http, requestLimit);
            if (replaced != null) {
                retire(replaced);
            }
            return opened;
        } catch (IOException | KubernetesClientException e) {
            throw Kubeconfig.unusable(
                    cluster.name(),
                    String.valueOf(e.getMessage()),
                    "Check the file and the certificates that it names.");
        }
    }

    private void retire(ClusterConnection connection) {
        retired.add(connection);
        vertx.setTimer(RETIREMENT.toMillis(), timer -> {
            if (retired.remove(connection)) {
                Infrastructure.getDefaultWorkerPool().execute(connection::close);
            }
        });
    }
}
