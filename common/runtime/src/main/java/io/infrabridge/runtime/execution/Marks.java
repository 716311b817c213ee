package io.infrabridge.runtime.execution;

import io.infrabridge.contract.Risk;
import io.infrabridge.contract.TargetKind;
import io.infrabridge.runtime.operation.OperationSpec;
import io.infrabridge.runtime.operation.Plan;
import io.infrabridge.runtime.operation.Step;
import io.smallrye.mutiny.Uni;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What a change leaves on its host for others: that it runs and, where it is never repeated, that it has begun. The first comes
 * first, so that whoever is stopped by the second removes what a worker that died between both has left.
 */
final class Marks {
    private final Optional<RunningMark> runs;
    private final Optional<Marker> begun;
    private boolean removable;

    private Marks(Optional<RunningMark> runs, Optional<Marker> begun, boolean removable) {
        this.runs = runs;
        this.begun = begun;
        this.removable = removable;
    }

    /** Of a change that nobody has begun; with the rights of its plan. */
    static Marks of(OperationSpec<?, ?> spec, String operationId, Plan plan) {
        if (!marked(spec) || plan.steps().isEmpty()) {
            return new Marks(Optional.empty(), Optional.empty(), false);
        }
        boolean asRoot = plan.steps().stream().anyMatch(step -> step.sudo().isPresent());
        return new Marks(
                Optional.of(RunningMark.of(operationId, asRoot)),
                spec.converges() ? Optional.empty() : Optional.of(Marker.of(operationId, asRoot)),
                false);
    }

    /** What an earlier worker may have left to remove; it is not known with which rights it was made, and root can remove it. */
    static Marks left(OperationSpec<?, ?> spec, String operationId) {
        return marked(spec)
                ? new Marks(Optional.of(RunningMark.of(operationId, true)), Optional.empty(), true)
                : new Marks(Optional.empty(), Optional.empty(), false);
    }

    /** What only looks has none, and a cluster has no place for one. */
    private static boolean marked(OperationSpec<?, ?> spec) {
        return spec.risk() != Risk.READ && spec.targetKind() == TargetKind.HOST;
    }

    /** The plan with all that is run for it. */
    Plan before(Plan plan) {
        return Plan.of(Stream.of(runs.stream().map(RunningMark::step), required(), plan.steps().stream())
                .flatMap(each -> each)
                .toList());
    }

    /** What must be permitted for the plan to begin. */
    List<Step> required(Plan plan) {
        return Stream.concat(required(), plan.steps().stream()).toList();
    }

    private Stream<Step> required() {
        return begun.stream().map(Marker::step);
    }

    /** Fails with {@link StepFailed} where the change must not begin. */
    Uni<Void> make(StepRunner steps) {
        return runs.map(mark -> mark.make(steps).invoke(made -> removable = made))
                .orElseGet(() -> Uni.createFrom().nullItem())
                .chain(() -> begun.map(mark -> mark.make(steps))
                        .orElseGet(() -> Uni.createFrom().voidItem()));
    }

    /** The same end with what was reported of removing them. */
    Uni<Ended> removed(StepRunner steps, Running.Fence fence, Ended ended) {
        return runs.filter(mark -> removable)
                .map(mark -> fence.confirmed().chain(() -> mark.remove(steps)).map(done -> ended.told(steps.reports())))
                .orElseGet(() -> Uni.createFrom().item(ended));
    }
}
