package io.infrabridge.runtime.execution;

import io.infrabridge.contract.Category;
import io.infrabridge.contract.Failure;
import io.infrabridge.contract.State;
import io.infrabridge.contract.StepReport.Phase;
import io.infrabridge.runtime.operation.Outputs;
import io.infrabridge.runtime.operation.Plan;
import io.infrabridge.runtime.operation.Probed;
import io.infrabridge.runtime.operation.Step;
import io.infrabridge.runtime.operation.UnexpectedOutput;
import io.smallrye.mutiny.Uni;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Goes on with a change that an earlier worker began: looks at the target first, does what is still missing, and takes all of
 * it back where that fails. Of what does not converge it does only what was certainly not started.
 */
final class ResumedRun<O extends Record> {
    private final OperationRun<?, ?, O> operation;
    private final StepRunner steps;
    private final StepRecord earlier;

    ResumedRun(OperationRun<?, ?, O> operation, StepRunner steps, StepRecord earlier) {
        this.operation = operation;
        this.steps = steps;
        this.earlier = earlier;
    }

    /** Fails with {@link NotSeen} where the target could not be looked at. */
    Uni<Ended> run() {
        if (!operation.canBeSeen(earlier)) {
            return Uni.createFrom()
                    .item(operation.ended(State.INDETERMINATE, true, Optional.empty(), Optional.of(unknown(earlier))));
        }
        if (operation.converges()) {
            return lookedAt(this::seen);
        }
        return earlier.onlyLooks() ? waited() : lookedAt(this::decided);
    }

    /** What is never repeated has left evidence or not. */
    private Uni<Ended> decided(Probed now) {
        Trail trail = Trail.after(earlier, operation::steps, now);
        Ended ended = trail.whole() && operation.shown(trail.first(), now)
                ? operation.succeeded(true, new Outputs(trail.first(), List.of(), now))
                : operation.ended(State.INDETERMINATE, true, Optional.empty(), Optional.of(unknown(earlier)));
        return Uni.createFrom().item(ended);
    }

    /** What is never repeated had come to a step that only looks: that can be repeated, and what follows was never started. */
    private Uni<Ended> waited() {
        StepRecord.Stage last = earlier.stages().get(earlier.stages().size() - 1);
        Trail trail = Trail.after(earlier, operation::steps, last.before());
        if (!trail.whole()) {
            return Uni.createFrom()
                    .item(operation.ended(State.INDETERMINATE, true, Optional.empty(), Optional.of(unknown(earlier))));
        }
        List<Step> planned = operation.steps(last.before());
        int looking = last.started() - 1;
        // they ran to their end, or it would not have been started; what cannot be taken back must be told
        for (int i = 0; i < looking; i++) {
            trail.told(i, steps.recall(planned.get(i)));
        }
        return new ChangeRun<>(operation, steps, trail, last.before()).run(planned, looking);
    }

    private Uni<Ended> lookedAt(Function<Probed, Uni<? extends Ended>> onward) {
        return operation
                .probed(Phase.VERIFY)
                .onFailure(StepFailed.class)
                .transform(failed -> new NotSeen(((StepFailed) failed).failure()))
                .chain(onward)
                .onFailure(UnexpectedOutput.class)
                .recoverWithItem(unexpected -> operation.ended(
                        State.INDETERMINATE,
                        true,
                        Optional.empty(),
                        Optional.of(blind(
                                earlier,
                                OperationRun.notUnderstood((UnexpectedOutput) unexpected)
                                        .failure()))));
    }

    private Uni<Ended> seen(Probed now) {
        Trail trail = Trail.after(earlier, operation::steps, now);
        return earlier.retreat()
                .map(retreat -> new WayBack<>(
                                operation, steps, trail, new StepFailed(retreat.failure(), retreat.state(), true))
                        .goOn(now, retreat.undone()))
                .orElseGet(() -> forward(trail, now));
    }

    private Uni<Ended> forward(Trail trail, Probed now) {
        Plan left = operation.planned(now);
        if (left.steps().isEmpty() && left.refusal().isEmpty()) {
            return Uni.createFrom().item(operation.succeeded(true, new Outputs(trail.first(), List.of(), now)));
        }
        Optional<Failure> objection = left.refusal().or(() -> operation.objection(left, now));
        if (objection.isPresent()) {
            StepFailed why = new StepFailed(objection.get(), State.FAILED, true);
            return new WayBack<>(operation, steps, trail, why).run(now);
        }
        return new ChangeRun<>(operation, steps, trail, now).run(left.steps(), 0);
    }

    /** For what cannot be told from the target. */
    static Failure unknown(StepRecord earlier) {
        return Failure.of(
                Category.INTERRUPTED,
                "The worker that ran it died. At " + earlier.at() + " it was about to start: " + earlier.step()
                        + ". Whether that took effect cannot be told from the target, and it is never repeated.",
                "Look at the target, whether it took effect, before asking again.");
    }

    static Failure blind(StepRecord earlier, Failure failure) {
        return Failure.of(
                failure.category(),
                "The worker that ran it died. At " + earlier.at() + " it was about to start: " + earlier.step()
                        + ". What it has come to could not be seen since: " + failure.message(),
                "Look at the target before asking again. " + failure.hint());
    }

    static String words(List<Step> steps) {
        return String.join(", then ", steps.stream().map(Step::description).toList());
    }
}
