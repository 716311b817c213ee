package io.infrabridge.cluster.kubernetes;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.infrabridge.contract.Risk;
import io.infrabridge.runtime.operation.ApiRequest;
import io.infrabridge.runtime.operation.Call;
import io.infrabridge.runtime.operation.ClusterFacts;
import io.infrabridge.runtime.operation.ClusterOperation;
import io.infrabridge.runtime.operation.OperationSpec;
import io.infrabridge.runtime.operation.Outputs;
import io.infrabridge.runtime.operation.Plan;
import io.infrabridge.runtime.operation.Probed;
import io.infrabridge.runtime.operation.Step;
import io.infrabridge.runtime.operation.Undo;
import io.infrabridge.runtime.operation.UnexpectedOutput;
import io.infrabridge.runtime.operation.WaitFor;
import io.infrabridge.runtime.value.InvalidValue;
import io.infrabridge.runtime.value.Namespace;
import io.infrabridge.runtime.value.WorkloadName;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Sets how many replicas a deployment or stateful set has; on failure the previous number is set again. */
@Singleton
final class ScaleWorkload implements ClusterOperation<ScaleWorkload.Input, ScaledWorkload> {
    private static final int MOST_REPLICAS = 10_000;
    private static final Duration ROLLOUT = Duration.ofMinutes(5);

    /**
     * A number as the seed has it; JSON does not tell 10 from 10.0, so both are accepted and 10.5 is not.
     *
     * @param waitUntilReady whether to wait, five minutes at most, until all replicas are ready; the change is taken back where they are not
     */
    record Input(
            Optional<Namespace> namespace,

            WorkloadName workloadName,

            @JsonPropertyDescription("Desired replica count, a whole number from 0 to 10000")
            double replicas,

            @JsonPropertyDescription("Wait at most 5 minutes for the replicas to be ready, else take the change back")
            Optional<Boolean> waitUntilReady) {
        Input {
            if (replicas != Math.rint(replicas) || replicas < 0 || replicas > MOST_REPLICAS) {
                throw new InvalidValue("expected a whole number of replicas from 0 to " + MOST_REPLICAS);
            }
        }

        int count() {
            return (int) replicas;
        }
    }

    @Override
    public OperationSpec<Input, ScaledWorkload> spec() {
        return OperationSpec.read(
                        ClusterTool.CLUSTER_MANAGE,
                        "Sets the replica count of a deployment or stateful set",
                        Input.class,
                        ScaledWorkload.class,
                        ClusterTool.action("scale"))
                .risking(Risk.CHANGE)
                .within(ROLLOUT.plusMinutes(1));
    }

    @Override
    public Plan probe(Input in, ClusterFacts cluster) {
        WorkloadReference wanted = WorkloadReference.of(in.workloadName());
        String namespace = in.namespace().map(Namespace::value).orElse(cluster.namespace());
        return Plan.of(wanted.kinds().stream()
                .map(kind -> ApiAnswer.look(
                        "Look for the " + kind.prefix() + " " + wanted.name(), kind.object(namespace, wanted.name())))
                .toList());
    }

    @Override
    public Plan plan(Input in, ClusterFacts cluster, Probed before) {
        WorkloadReference wanted = WorkloadReference.of(in.workloadName());
        Optional<Plan> refusal = wanted.refusal(before);
        if (refusal.isPresent()) {
            return refusal.get();
        }
        FoundWorkload found = found(in, before).orElseThrow();
        if (found.replicas() == in.count()) {
            return Plan.nothing();
        }
        Call scale = found.scaledTo(
                        in.count(),
                        "Scale " + found.workload().reference() + " from " + found.replicas() + " to " + in.count())
                .undoneBy(scaledBack(in, found));
        if (!in.waitUntilReady().orElse(false)) {
            return Plan.of(scale);
        }
        return Plan.of(
                scale,
                new WaitFor(
                        "Wait until " + in.count() + " replicas are ready",
                        Call.of("Look at the replicas", ApiRequest.get(found.path())),
                        answer -> found.settledAt(in.count(), answer),
                        Duration.ofSeconds(2),
                        ROLLOUT));
    }

    @Override
    public ScaledWorkload parse(Input in, Outputs out) {
        return ScaledWorkload.of(read(in, out.before()), read(in, out.after()));
    }

    /** Only from the number that was set here: another one was set by somebody else since, and stays. */
    private static Undo scaledBack(Input in, FoundWorkload before) {
        String description = "Scale back to " + before.replicas();
        List<Step> foreseen = List.of(before.scaledTo(before.replicas(), description));
        return Undo.difference(
                probed -> foreseen,
                (probed, now) -> found(in, now)
                        .filter(current -> current.replicas() == in.count())
                        .map(current -> List.<Step>of(current.scaledTo(before.replicas(), description)))
                        .orElse(List.of()));
    }

    private static Workload read(Input in, Probed probed) {
        return found(in, probed)
                .orElseThrow(() -> new UnexpectedOutput(in.workloadName() + " is not there any more"))
                .workload();
    }

    private static Optional<FoundWorkload> found(Input in, Probed probed) {
        return WorkloadReference.of(in.workloadName()).scalable(probed).stream().findFirst();
    }
}
