package io.infrabridge.cluster.kubernetes;

import java.util.List;
import java.util.Optional;

/**
 * What a cluster is.
 *
 * @param endpoints the addresses at which its API servers say they are
 * @param nodeCount absent where the user of the kubeconfig may not list nodes
 */
record K8sClusterInfo(
        String type,
        String version,
        String platform,
        Optional<String> buildDate,
        List<String> endpoints,
        Optional<Integer> nodeCount,
        Optional<Integer> namespaceCount) {}
