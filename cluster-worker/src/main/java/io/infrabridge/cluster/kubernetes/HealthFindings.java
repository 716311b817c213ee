package io.infrabridge.cluster.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import io.infrabridge.cluster.kubernetes.ClusterHealth.Issue;
import io.infrabridge.cluster.kubernetes.ClusterHealth.Subject;
import io.infrabridge.cluster.kubernetes.ClusterHealth.Tally;
import io.infrabridge.contract.HealthEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What was found while looking at a cluster, one answer after the other. */
final class HealthFindings {
    private static final int MOST_ISSUES = 100;
    /** Why a container waits that will not start by itself, or only to crash again. */
    private static final Set<String> STUCK = Set.of(
            "CrashLoopBackOff",
            "ImagePullBackOff",
            "ErrImagePull",
            "InvalidImageName",
            "CreateContainerConfigError",
            "CreateContainerError",
            "RunContainerError");

    private final List<Issue> issues = new ArrayList<>();
    private Tally nodes = new Tally(0, 0);
    private Tally workloads = new Tally(0, 0);
    private Tally pods = new Tally(0, 0);
    private boolean complete = true;
    private boolean failed;

    void server(ApiAnswer ready) {
        if (ready.output().status() == 500) {
            failed = true;
            ready.output().lines().stream()
                    .filter(line -> line.startsWith("[-]"))
                    .forEach(
                            line -> issue(Subject.API_SERVER, line.substring(3).split(" ")[0], Optional.empty(), line));
        }
        complete &= ready.found() || failed;
    }

    void nodes(ApiAnswer answer) {
        if (!looked(answer)) {
            return;
        }
        for (JsonNode object : answer.items()) {
            K8sNode node = K8sNode.of(object);
            nodes = counted(nodes, node.ready());
            if (!node.ready()) {
                issue(Subject.NODE, node.name(), Optional.empty(), "is " + reason(node));
            }
        }
        if (nodes.healthy() == 0) {
            // without a single node nothing runs
            failed = true;
            issue(Subject.NODE, "all", Optional.empty(), "No node is ready.");
        }
    }

    void workloads(WorkloadKind kind, ApiAnswer answer) {
        if (!looked(answer)) {
            return;
        }
        for (JsonNode object : answer.items()) {
            Workload workload = Workload.of(kind, object);
            workloads = counted(workloads, workload.settled());
            if (!workload.settled()) {
                issue(
                        Subject.WORKLOAD,
                        workload.reference(),
                        Optional.of(workload.namespace()),
                        workload.availableReplicas() + " of " + workload.replicas() + " replicas are available, "
                                + workload.updatedReplicas() + " are up to date.");
            }
        }
    }

    void pods(ApiAnswer answer) {
        if (!looked(answer)) {
            return;
        }
        for (JsonNode pod : answer.items()) {
            Optional<String> trouble = trouble(pod);
            pods = counted(pods, trouble.isEmpty());
            trouble.ifPresent(message -> issue(
                    Subject.POD,
                    pod.path("metadata").path("name").asText(),
                    Optional.of(pod.path("metadata").path("namespace").asText()),
                    message));
        }
    }

    ClusterHealth health() {
        HealthEvent.Status status = failed
                ? HealthEvent.Status.FAILED
                : issues.isEmpty() ? HealthEvent.Status.HEALTHY : HealthEvent.Status.DEGRADED;
        List<Issue> shown = issues.subList(0, Math.min(issues.size(), MOST_ISSUES));
        return new ClusterHealth(
                status, List.copyOf(shown), nodes, workloads, pods, complete && shown.size() == issues.size());
    }

    /** Whether there is something to look at; what may not be seen, or not all of it, leaves the check incomplete. */
    private boolean looked(ApiAnswer answer) {
        complete &= answer.found() && answer.nextPage().isEmpty();
        return answer.found();
    }

    private static Optional<String> trouble(JsonNode pod) {
        for (String list : List.of("initContainerStatuses", "containerStatuses")) {
            for (JsonNode container : pod.path("status").path(list)) {
                JsonNode waiting = container.path("state").path("waiting");
                if (STUCK.contains(waiting.path("reason").asText())) {
                    return Optional.of("Container " + container.path("name").asText() + " waits: "
                            + waiting.path("reason").asText() + " after "
                            + container.path("restartCount").asInt() + " restarts.");
                }
            }
        }
        return pod.path("status").path("phase").asText().equals("Failed")
                ? Optional.of("Failed: " + pod.path("status").path("reason").asText("no reason given") + ".")
                : unschedulable(pod);
    }

    private static Optional<String> unschedulable(JsonNode pod) {
        for (JsonNode condition : pod.path("status").path("conditions")) {
            if (condition.path("reason").asText().equals("Unschedulable")) {
                return Optional.of(
                        "Cannot be scheduled: " + condition.path("message").asText());
            }
        }
        return Optional.empty();
    }

    private static String reason(K8sNode node) {
        return node.conditions().stream()
                .filter(condition -> condition.type().equals("Ready"))
                .findFirst()
                .map(condition -> "not ready: " + condition.reason() + ", " + condition.message())
                .orElse("not ready and has never been heard of.");
    }

    private static Tally counted(Tally tally, boolean healthy) {
        return new Tally(tally.total() + 1, tally.healthy() + (healthy ? 1 : 0));
    }

    private void issue(Subject kind, String name, Optional<String> namespace, String message) {
        issues.add(new Issue(kind, name, namespace, message));
    }
}
