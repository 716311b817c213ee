package io.infrabridge.trust.inventory;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.infrabridge.trust.InvalidConfiguration;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A cluster that may be operated.
 *
 * @param kubeconfig the file with its credentials, for Kubernetes
 * @param context the kubeconfig context; the file's current one where absent
 * @param host the inventory host of a manager on which {@code docker} is run, for Docker Swarm; this machine where absent
 * @param addresses further names by which callers may mean it, API endpoints among them
 * @param isDefault whether a command without a target goes to it
 */
public record Cluster(
        String name,
        Type type,
        Optional<Path> kubeconfig,
        Optional<String> context,
        Optional<String> host,
        List<String> addresses,
        @JsonProperty("default") boolean isDefault,
        Map<String, String> labels) {
    public Cluster {
        Name.check(name, "cluster");
        if (type == null) {
            throw new InvalidConfiguration("cluster " + name + " needs a type: kubernetes or docker_swarm");
        }
        kubeconfig = kubeconfig == null ? Optional.empty() : kubeconfig;
        context = context == null ? Optional.empty() : context;
        host = host == null ? Optional.empty() : host;
        addresses = addresses == null ? List.of() : List.copyOf(addresses);
        labels = labels == null ? Map.of() : Map.copyOf(labels);
        if (type == Type.KUBERNETES && kubeconfig.isEmpty()) {
            throw new InvalidConfiguration("cluster " + name + " needs a kubeconfig");
        }
    }

    /** The orchestrator, in the seed's words. */
    public enum Type {
        @JsonProperty("kubernetes")
        KUBERNETES,
        @JsonProperty("docker_swarm")
        DOCKER_SWARM
    }
}
