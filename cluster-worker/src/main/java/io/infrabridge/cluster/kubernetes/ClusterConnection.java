package io.infrabridge.cluster.kubernetes;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.http.HttpClient;
import io.infrabridge.runtime.operation.ClusterFacts;
import io.infrabridge.trust.inventory.Cluster;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The client of one cluster, for as long as the files that it was made from stay as they were.
 *
 * @param files the kubeconfig and the files that it names, with the time at which each was last changed
 * @param limit how long a request may take
 */
record ClusterConnection(
        ClusterFacts facts, Optional<String> user, KubernetesClient client, Map<Path, FileTime> files, Duration limit)
        implements AutoCloseable {
    static ClusterConnection open(Cluster cluster, HttpClient.Factory http, Duration limit) throws IOException {
        Kubeconfig kubeconfig = Kubeconfig.of(cluster);
        Config config = kubeconfig.config(limit);
        Map<Path, FileTime> files = new HashMap<>();
        // noted before they are read for the last time: a change in between makes a new connection, not a stale one
        for (Path file : named(kubeconfig, config)) {
            files.put(file, Files.getLastModifiedTime(file));
        }
        KubernetesClient client = new KubernetesClientBuilder()
                .withConfig(config)
                .withHttpClientFactory(http)
                .build();
        ClusterFacts facts =
                new ClusterFacts(cluster.name(), client.getMasterUrl().toString(), kubeconfig.namespace());
        return new ClusterConnection(facts, kubeconfig.user(), client, files, limit);
    }

    boolean current() {
        return files.entrySet().stream().allMatch(entry -> {
            try {
                return Files.getLastModifiedTime(entry.getKey()).equals(entry.getValue());
            } catch (IOException e) {
                // gone or not readable now: opening it anew says so to the caller
                return false;
            }
        });
    }

    @Override
    public void close() {
        client.close();
    }

    private static Iterable<Path> named(Kubeconfig kubeconfig, Config config) {
        return Stream.concat(
                        Stream.of(kubeconfig.file()),
                        Stream.of(config.getCaCertFile(), config.getClientCertFile(), config.getClientKeyFile())
                                .filter(Objects::nonNull)
                                .map(Path::of))
                .toList();
    }
}
