package io.infrabridge.runtime.execution;

import io.infrabridge.contract.Category;
import io.infrabridge.contract.Failure;
import io.infrabridge.contract.State;
import io.infrabridge.contract.StepReport.Phase;
import io.infrabridge.runtime.operation.Output;
import io.infrabridge.runtime.operation.Outputs;
import io.infrabridge.runtime.operation.Probed;
import io.infrabridge.runtime.operation.Run;
import io.infrabridge.runtime.operation.Step;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The steps of a plan, their verification and, if one fails, their undo. */
final class ChangeRun<O extends Record> {
    /** {@code timeout -k 5} has killed a step by then at the latest. */
    private static final Duration AFTER_LIMIT = Duration.ofSeconds(6);

    private final OperationRun<?, ?, O> operation;
    private final StepRunner steps;
    private final List<Step> planned;
    private final Probed before;
    private final List<Output> outputs = new ArrayList<>();
    private final List<Started> started = new ArrayList<>();

    ChangeRun(OperationRun<?, ?, O> operation, StepRunner steps, List<Step> planned, Probed before) {
        this.operation = operation;
        this.steps = steps;
        this.planned = planned;
        this.before = before;
    }

    Uni<Ended> run() {
        Uni<Output> all = Uni.createFrom().nullItem();
        for (int i = 0; i < planned.size(); i++) {
            int index = i;
            all = all.chain(() -> step(index));
        }
        return all.chain(this::verified)
                .onFailure(StepFailed.class)
                .recoverWithUni(failed -> afterFailure((StepFailed) failed));
    }

    private Uni<Output> step(int index) {
        Step step = planned.get(index);
        return Uni.createFrom().deferred(() -> {
            operation.progress(index, planned.size(), step.description());
            int report = steps.recorded();
            return steps.run(step, Phase.CHANGE)
                    .onItem()
                    .invoke(outputs::add)
                    .onTermination()
                    .invoke(() -> {
                        // a step that was refused before its start leaves no report and has nothing to undo
                        if (steps.recorded() > report) {
                            started.add(new Started(step, report));
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
            return operation.succeeded(true, new Outputs(before, outputs, after));
        });
    }

    private Uni<Ended> afterFailure(StepFailed failed) {
        if (started.isEmpty()) {
            return Uni.createFrom().item(operation.failed(failed, false));
        }
        if (!failed.stoppedForSure()) {
            return lostSight(failed);
        }
        return rollBack(failed);
    }

    /**
     * Nobody saw the step end. It has its own deadline on the host: after that the host is looked at again, and only what
     * cannot be told even then is indeterminate.
     */
    private Uni<Ended> lostSight(StepFailed failed) {
        Step last = started.get(started.size() - 1).step();
        Duration limit = last instanceof Run run ? run.limit() : Duration.ofSeconds(30);
        if (!operation.converges()) {
            return Uni.createFrom().item(indeterminate(failed));
        }
        return Uni.createFrom()
                .voidItem()
                .onItem()
                .delayIt()
                .by(limit.plus(AFTER_LIMIT))
                .chain(() -> operation.probed(Phase.VERIFY))
                .chain(now -> {
                    boolean inPlace = operation.missing(now).isEmpty();
                    return inPlace
                            ? Uni.createFrom().item(operation.succeeded(true, new Outputs(before, outputs, now)))
                            : rollBack(failed);
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

    private Uni<Ended> rollBack(StepFailed failed) {
        return operation
                .probed(Phase.UNDO)
                .chain(this::undone)
                .map(anyUndone -> rolledBack(failed, anyUndone))
                .onFailure(StepFailed.class)
                .recoverWithItem(undoFailed -> operation.ended(
                        State.ROLLBACK_FAILED,
                        true,
                        Optional.empty(),
                        Optional.of(Failure.of(
                                failed.failure().category(),
                                failed.failure().message() + " Undoing it failed too: "
                                        + ((StepFailed) undoFailed).failure().message(),
                                "The target needs a person: the steps show what was run and what was undone."))));
    }

    private Ended rolledBack(StepFailed failed, boolean anyUndone) {
        if (!anyUndone) {
            return operation.failed(failed, true);
        }
        State state = failed.state() == State.FAILED ? State.ROLLED_BACK : failed.state();
        return operation.ended(state, false, Optional.empty(), Optional.of(failed.failure()));
    }

    /** Whether anything had to be undone; the last started step first. */
    private Uni<Boolean> undone(Probed now) {
        Uni<Boolean> all = Uni.createFrom().item(false);
        for (int i = started.size() - 1; i >= 0; i--) {
            Started one = started.get(i);
            List<Step> undo = one.step().undo().after(before, now);
            if (!undo.isEmpty()) {
                all = all.chain(any -> steps.look(undo, Phase.UNDO).map(ignored -> {
                    steps.markUndone(one.report());
                    return true;
                }));
            }
        }
        return all;
    }

    private record Started(Step step, int report) {}
}
