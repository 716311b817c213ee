package io.infrabridge.runtime.execution;

import io.infrabridge.contract.Failure;
import io.infrabridge.contract.State;
import io.infrabridge.contract.StepReport.Phase;
import io.infrabridge.runtime.execution.StepRecord.Retreat;
import io.infrabridge.runtime.operation.Probed;
import io.infrabridge.runtime.operation.Step;
import io.infrabridge.runtime.operation.UnexpectedOutput;
import io.infrabridge.runtime.operation.WaitFor;
import io.smallrye.mutiny.Uni;
import java.util.List;
import java.util.Optional;

/** Takes back what was started of a change, the last step first. */
final class WayBack<O extends Record> {
    private final OperationRun<?, ?, O> operation;
    private final StepRunner steps;
    private final Trail trail;
    private final StepFailed why;
    private boolean anyUndone;

    WayBack(OperationRun<?, ?, O> operation, StepRunner steps, Trail trail, StepFailed why) {
        this.operation = operation;
        this.steps = steps;
        this.trail = trail;
        this.why = why;
    }

    /**
     * Takes back all of it.
     *
     * @param planned what this worker planned from
     */
    Uni<Ended> run(Probed planned) {
        if (trail.back().stream().noneMatch(one -> one.step().undo().possible())) {
            return Uni.createFrom().item(this::back);
        }
        return guarded(steps.look(awaited(), Phase.UNDO)
                .chain(() -> operation.probed(Phase.UNDO))
                .chain(now -> undone(planned, now, 0)));
    }

    /** What the target takes back by itself is waited for before it is looked at: it may not be reached until then. */
    private List<Step> awaited() {
        return trail.back().stream()
                .flatMap(one -> one.step().undo().foreseen(trail.first()).stream())
                .filter(step -> step instanceof WaitFor wait && wait.patient())
                .toList();
    }

    /** Goes on where an earlier worker was stopped; the step that it was taking back may be back already. */
    Uni<Ended> goOn(Probed now, int done) {
        anyUndone = true;
        return guarded(Uni.createFrom()
                .deferred(() ->
                        operation.same(trail.first(), now) ? Uni.createFrom().voidItem() : undone(now, now, done)));
    }

    private Uni<Ended> guarded(Uni<Void> way) {
        return way.onFailure(UnexpectedOutput.class)
                .transform(unexpected -> OperationRun.notUnderstood((UnexpectedOutput) unexpected))
                .map(done -> back())
                .onFailure(StepFailed.class)
                .recoverWithItem(failed -> stuck((StepFailed) failed));
    }

    private Uni<Void> undone(Probed planned, Probed now, int done) {
        List<Trail.Started> back = trail.back();
        List<StepRecord.Stage> stages =
                trail.stages(planned, (int) back.stream().filter(trail::own).count());
        Uni<Void> all = Uni.createFrom().voidItem();
        for (int i = done; i < back.size(); i++) {
            Trail.Started one = back.get(i);
            List<Step> undo = one.step().undo().after(trail.first(), now);
            if (!undo.isEmpty()) {
                Retreat retreat = new Retreat(why.state(), why.failure(), i);
                all = all.chain(() -> operation.starting(stages, undo, Optional.of(retreat)))
                        .chain(() -> steps.look(undo, Phase.UNDO))
                        .invoke(() -> {
                            anyUndone = true;
                            one.report().ifPresent(steps::markUndone);
                        })
                        .replaceWithVoid();
            }
        }
        return all;
    }

    private Ended back() {
        if (!trail.whole()) {
            return unknown();
        }
        if (!anyUndone) {
            return operation.failed(why, true);
        }
        State state = why.state() == State.FAILED ? State.ROLLED_BACK : why.state();
        return operation.ended(state, false, Optional.empty(), Optional.of(why.failure()));
    }

    private Ended unknown() {
        return operation.ended(
                State.INDETERMINATE,
                true,
                Optional.empty(),
                Optional.of(Failure.of(
                        why.failure().category(),
                        why.failure().message()
                                + " What a worker that died had done before could not be taken back, because it is not"
                                + " known what was there before.",
                        "Look at the target: the steps show what was run since.")));
    }

    private Ended stuck(StepFailed failed) {
        return operation.ended(
                State.ROLLBACK_FAILED,
                true,
                Optional.empty(),
                Optional.of(Failure.of(
                        why.failure().category(),
                        why.failure().message() + " Undoing it failed too: "
                                + failed.failure().message(),
                        "The target needs a person: the steps show what was run and what was undone.")));
    }
}
