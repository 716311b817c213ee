package io.infrabridge.runtime.execution;

import io.infrabridge.contract.Category;
import io.infrabridge.contract.Failure;
import io.infrabridge.contract.State;
import io.infrabridge.contract.StepReport.Phase;
import io.infrabridge.runtime.operation.Output;
import io.infrabridge.runtime.operation.Outputs;
import io.infrabridge.runtime.operation.Probed;
import io.infrabridge.runtime.operation.Step;
import io.infrabridge.runtime.operation.UnexpectedOutput;
import io.smallrye.mutiny.Uni;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The steps of a plan, their verification and, if one fails, the way back. */
final class ChangeRun<O extends Record> {
    private final OperationRun<?, ?, O> operation;
    private final StepRunner steps;
    private final Trail trail;
    private final Probed before;
    private final List<Output> outputs = new ArrayList<>();

    /**
     * @param trail what others have started of it
     * @param before what the plan was made from
     */
    ChangeRun(OperationRun<?, ?, O> operation, StepRunner steps, Trail trail, Probed before) {
        this.operation = operation;
        this.steps = steps;
        this.trail = trail;
        this.before = before;
    }

    /**
     * Runs the plan.
     *
     * @param from the first step that is left of it
     */
    Uni<Ended> run(List<Step> planned, int from) {
        Uni<Output> all = Uni.createFrom().nullItem();
        for (int i = from; i < planned.size(); i++) {
            int index = i;
            all = all.chain(() -> step(planned, index));
        }
        return all.chain(this::verified)
                .onFailure(UnexpectedOutput.class)
                .transform(unexpected -> OperationRun.notUnderstood((UnexpectedOutput) unexpected))
                .onFailure(StepFailed.class)
                .recoverWithUni(failed -> afterFailure((StepFailed) failed));
    }

    private Uni<Output> step(List<Step> planned, int index) {
        Step step = planned.get(index);
        return Uni.createFrom().deferred(() -> {
            operation.progress(index, planned.size(), step.description());
            return operation
                    .starting(trail.stages(before, index + 1), List.of(step), Optional.empty())
                    .chain(() -> run(step));
        });
    }

    private Uni<Output> run(Step step) {
        return Uni.createFrom().deferred(() -> {
            int report = steps.recorded();
            return steps.run(step, Phase.CHANGE)
                    .onItem()
                    .invoke(outputs::add)
                    .onTermination()
                    .invoke(() -> {
                        // a step that was refused before its start leaves no report and has nothing to undo
                        if (steps.recorded() > report) {
                            trail.started(step, report);
                        }
                    });
        });
    }

    private Uni<Ended> verified() {
        return operation.probed(Phase.VERIFY).map(after -> {
            Optional<String> missing = operation.missing(after);
            if (missing.isPresent()) {
                throw new StepFailed(
                        Failure.of(
                                Category.VERIFICATION_FAILED,
                                "Every step succeeded, but the target is not as it should be: " + missing.get(),
                                "Look at the target; something else may be changing it."),
                        State.FAILED,
                        true);
            }
            return operation.succeeded(true, new Outputs(trail.first(), outputs, after));
        });
    }

    private Uni<Ended> afterFailure(StepFailed failed) {
        if (trail.empty()) {
            return Uni.createFrom().item(operation.failed(failed, false));
        }
        if (!failed.stoppedForSure()) {
            return lostSight(failed);
        }
        return back(failed);
    }

    private Uni<Ended> back(StepFailed failed) {
        return new WayBack<>(operation, steps, trail, failed).run(before);
    }

    /**
     * Nobody saw the step end. It has its own deadline on the host: after that the host is looked at again, and only what
     * cannot be told even then is indeterminate.
     */
    private Uni<Ended> lostSight(StepFailed failed) {
        if (!operation.converges()) {
            return Uni.createFrom().item(indeterminate(failed));
        }
        return Uni.createFrom()
                .voidItem()
                .onItem()
                .delayIt()
                .by(StepLimits.onTheTarget(trail.last()))
                .chain(() -> operation.probed(Phase.VERIFY))
                .chain(now -> {
                    boolean inPlace = operation.missing(now).isEmpty();
                    return inPlace
                            ? Uni.createFrom().item(operation.succeeded(true, new Outputs(trail.first(), outputs, now)))
                            : back(failed);
                })
                .onFailure(StepFailed.class)
                .recoverWithItem(blind -> indeterminate(failed));
    }

    private Ended indeterminate(StepFailed failed) {
        return operation.ended(
                State.INDETERMINATE,
                true,
                Optional.empty(),
                Optional.of(Failure.of(
                        failed.failure().category(),
                        failed.failure().message() + " The step that was running may have taken effect.",
                        "Look at the target before asking again. "
                                + failed.failure().hint())));
    }
}
