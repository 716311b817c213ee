package io.infrabridge.cluster.kubernetes;

import io.infrabridge.trust.PrivateFile;
import io.infrabridge.trust.inventory.Cluster;
import io.infrabridge.trust.inventory.Inventory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Kubeconfigs with a context a server, and inventories that name them. */
final class TestClusters {
    private TestClusters() {}

    /** One context {@code context-N} a server, the first one current. */
    static Path kubeconfig(Path file, String... servers) {
        StringBuilder text = new StringBuilder("apiVersion: v1\nkind: Config\ncurrent-context: context-0\nclusters:\n");
        for (int i = 0; i < servers.length; i++) {
            text.append("- {name: cluster-%d, cluster: {server: '%s'}}%n".formatted(i, servers[i]));
        }
        text.append("contexts:\n");
        for (int i = 0; i < servers.length; i++) {
            text.append("- {name: context-%d, context: {cluster: cluster-%d, user: user-%d, namespace: space-%d}}%n"
                    .formatted(i, i, i, i));
        }
        text.append("users:\n");
        for (int i = 0; i < servers.length; i++) {
            text.append("- {name: user-%d, user: {token: token-%d}}%n".formatted(i, i));
        }
        return write(file, text.toString());
    }

    static Path write(Path file, String text) {
        try {
            PrivateFile.write(file, text);
            return file;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Cluster cluster(String name, Path kubeconfig, Optional<String> context) {
        return new Cluster(
                name,
                Cluster.Type.KUBERNETES,
                Optional.of(kubeconfig),
                context,
                Optional.empty(),
                List.of(),
                false,
                Map.of());
    }

    static Inventory inventory(Cluster... clusters) {
        return new Inventory(List.of(), Arrays.stream(clusters).collect(Collectors.toList()));
    }
}
