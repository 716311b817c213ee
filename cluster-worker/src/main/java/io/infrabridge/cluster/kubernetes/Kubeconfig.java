package io.infrabridge.cluster.kubernetes;

import io.fabric8.kubernetes.api.model.AuthInfo;
import io.fabric8.kubernetes.api.model.Config;
import io.fabric8.kubernetes.api.model.Context;
import io.fabric8.kubernetes.api.model.NamedAuthInfo;
import io.fabric8.kubernetes.api.model.NamedContext;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.infrabridge.contract.Category;
import io.infrabridge.runtime.execution.ExecutionFailure;
import io.infrabridge.trust.InvalidConfiguration;
import io.infrabridge.trust.PrivateFile;
import io.infrabridge.trust.inventory.Cluster;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * One context of a kubeconfig file, chosen by the inventory. Only the file is read: neither the environment nor a service
 * account of the pod that the worker may run in can lead it to another cluster.
 */
record Kubeconfig(Path file, String contextName, Context context) {
    static Kubeconfig of(Cluster cluster) {
        Path file = cluster.kubeconfig().orElseThrow();
        Config content = read(cluster.name(), file);
        List<NamedContext> contexts = Optional.ofNullable(content.getContexts()).orElse(List.of());
        String wanted = cluster.context()
                .or(() -> Optional.ofNullable(content.getCurrentContext()).filter(name -> !name.isEmpty()))
                .orElseThrow(() -> unusable(
                        cluster.name(),
                        file + " has no current context.",
                        "Name one as context of the cluster in the inventory."));
        Context context = contexts.stream()
                .filter(named -> wanted.equals(named.getName()) && named.getContext() != null)
                .map(NamedContext::getContext)
                .findFirst()
                // the library would silently take the current context instead
                .orElseThrow(() -> unusable(
                        cluster.name(),
                        file + " has no context " + wanted + ".",
                        "It has " + contexts.stream().map(NamedContext::getName).toList() + "."));
        refusePrograms(cluster.name(), file, content, context);
        return new Kubeconfig(file, wanted, context);
    }

    /** What the library needs; no request may take longer than the limit. */
    io.fabric8.kubernetes.client.Config config(Duration limit) {
        io.fabric8.kubernetes.client.Config config =
                io.fabric8.kubernetes.client.Config.fromKubeconfig(contextName, file.toFile());
        config.setConnectionTimeout((int) limit.toMillis());
        config.setRequestTimeout((int) limit.toMillis());
        // a change that is sent twice may meet its own conflict; whoever asked decides whether to ask again
        config.setRequestRetryBackoffLimit(0);
        return config;
    }

    String namespace() {
        return Optional.ofNullable(context.getNamespace())
                .filter(name -> !name.isEmpty())
                .orElse("default");
    }

    Optional<String> user() {
        return Optional.ofNullable(context.getUser());
    }

    static ExecutionFailure unusable(String cluster, String message, String hint) {
        return ExecutionFailure.before(
                Category.CLUSTER_UNREACHABLE,
                "The kubeconfig of cluster " + cluster + " is unusable: " + message,
                hint);
    }

    private static Config read(String cluster, Path file) {
        try {
            Config content = new KubernetesSerialization().unmarshal(PrivateFile.read(file), Config.class);
            if (content == null) {
                throw unusable(cluster, file + " is empty.", "See the kubeconfig of the cluster in the inventory.");
            }
            return content;
        } catch (InvalidConfiguration e) {
            throw unusable(
                    cluster,
                    e.getMessage() + ".",
                    "See the kubeconfig of the cluster in the inventory: the worker's account, and no other, may read it.");
        } catch (KubernetesClientException | IllegalArgumentException e) {
            throw unusable(
                    cluster, file + " is not a kubeconfig: " + e.getMessage(), "Check it with kubectl config view.");
        }
    }

    /** A worker starts only the programs that its operations declare. */
    private static void refusePrograms(String cluster, Path file, Config content, Context context) {
        boolean program = Optional.ofNullable(content.getUsers()).orElse(List.of()).stream()
                .filter(user -> user.getName().equals(context.getUser()))
                .map(NamedAuthInfo::getUser)
                .anyMatch(Kubeconfig::runsProgram);
        if (program) {
            throw unusable(
                    cluster,
                    file + " gets the credentials of " + context.getUser() + " by running a program.",
                    "Use a token or a certificate, such as those of a service account.");
        }
    }

    private static boolean runsProgram(AuthInfo user) {
        return user != null && (user.getExec() != null || user.getAuthProvider() != null);
    }
}
