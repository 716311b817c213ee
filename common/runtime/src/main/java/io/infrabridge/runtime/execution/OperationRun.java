package io.infrabridge.runtime.execution;

import io.infrabridge.contract.Category;
import io.infrabridge.contract.Failure;
import io.infrabridge.contract.State;
import io.infrabridge.contract.StepReport;
import io.infrabridge.contract.StepReport.Phase;
import io.infrabridge.runtime.operation.Operation;
import io.infrabridge.runtime.operation.Outputs;
import io.infrabridge.runtime.operation.Plan;
import io.infrabridge.runtime.operation.Probed;
import io.infrabridge.runtime.operation.Step;
import io.infrabridge.runtime.operation.UnexpectedOutput;
import io.smallrye.mutiny.Uni;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** One operation on one target, from its first probe to its end. */
final class OperationRun<I extends Record, F, O extends Record> {
    private final Operation<I, F, O> operation;
    private final I in;
    private final Target<F> target;
    private final Running running;
    private final StepRunner steps;
    private final Clock clock;
    private Optional<Marks> marks = Optional.empty();

    OperationRun(Operation<I, F, O> operation, I in, Target<F> target, Running running, StepRunner steps, Clock clock) {
        this.operation = operation;
        this.in = in;
        this.target = target;
        this.running = running;
        this.steps = steps;
        this.clock = clock;
    }

    Uni<Ended> run() {
        Optional<StepRecord> earlier = running.continuity().earlier();
        return Uni.createFrom()
                .deferred(() -> earlier.map(this::resumed).orElseGet(this::anew))
                .onFailure(UnexpectedOutput.class)
                .transform(unexpected -> notUnderstood((UnexpectedOutput) unexpected))
                .onFailure(StepFailed.class)
                .recoverWithItem(failed -> failed((StepFailed) failed, false))
                .chain(ended -> marks.map(left -> left.removed(steps, running.fence(), ended))
                        .orElseGet(() -> Uni.createFrom().item(ended)));
    }

    private Uni<Ended> resumed(StepRecord record) {
        marks = Optional.of(Marks.left(operation.spec(), running.continuity().operationId()));
        return new ResumedRun<>(this, steps, record).run();
    }

    private Uni<Ended> anew() {
        Plan probe = operation.probe(in, target.facts());
        // nothing was looked at yet, so this is about what was asked
        return refused(probe, State.REJECTED)
                .orElseGet(() -> probed(probe, Phase.PROBE).chain(this::carriedOut));
    }

    static StepFailed notUnderstood(UnexpectedOutput unexpected) {
        return new StepFailed(
                Failure.of(
                        Category.UNEXPECTED_OUTPUT,
                        "The target answered something that is not understood: " + unexpected.getMessage(),
                        "The steps show the command; its version may be one that is not supported."),
                State.FAILED,
                true);
    }

    /** What the target looks like now. */
    Uni<Probed> probed(Phase phase) {
        return probed(operation.probe(in, target.facts()), phase);
    }

    private Uni<Probed> probed(Plan probe, Phase phase) {
        return steps.look(probe.steps(), phase).map(Probed::new).chain(seen -> further(seen, phase));
    }

    private Uni<Probed> further(Probed seen, Phase phase) {
        List<Step> more = operation.further(in, target.facts(), seen).steps();
        return more.isEmpty()
                ? Uni.createFrom().item(seen)
                : steps.look(more, phase).map(seen::and).chain(all -> further(all, phase));
    }

    /** What is still to be done, or why it cannot be, where the operation converges. */
    Optional<String> missing(Probed after) {
        if (!operation.spec().converges()) {
            return Optional.empty();
        }
        Plan left = planned(after);
        return left.refusal()
                .map(Failure::message)
                .or(() -> left.steps().stream().findFirst().map(step -> step.description() + " is still needed."));
    }

    /** What is to be done by what was seen. */
    Plan planned(Probed seen) {
        return operation.plan(in, target.facts(), seen);
    }

    List<Step> steps(Probed seen) {
        return planned(seen).steps();
    }

    /** Whether the same would have to be done after both, so that the target is as it was. */
    boolean same(Probed before, Probed now) {
        return commands(before).equals(commands(now));
    }

    private List<List<String>> commands(Probed seen) {
        return steps(seen).stream().map(Step::command).toList();
    }

    /** Why this plan must not be carried out, where an earlier worker has begun with the change. */
    Optional<Failure> objection(Plan plan, Probed before) {
        try {
            plan.steps().forEach(step -> permitted(step, before));
        } catch (StepFailed refusal) {
            return Optional.of(refusal.failure());
        }
        return running.check()
                .flatMap(check -> check.objection(StepReports.foreseen(plan, before)))
                .map(PlanCheck.Objection::failure);
    }

    /**
     * Done when it is written down that these steps, one after the other, are started next, and when this worker is certain to
     * be still the one that may start them.
     */
    Uni<Void> starting(List<StepRecord.Stage> stages, List<Step> next, Optional<StepRecord.Retreat> retreat) {
        Instant now = clock.instant();
        StepRecord record = new StepRecord(
                stages, steps.told(ResumedRun.words(next)), now, now.plus(StepLimits.onTheTarget(next)), retreat);
        return running.continuity()
                .journal()
                .starting(record)
                .chain(() -> running.fence().confirmed());
    }

    /** Whether what is never repeated can be seen to have taken effect since the first look. */
    boolean shown(Probed first, Probed now) {
        return operation
                .evidence()
                .filter(evidence -> evidence.shows(first, now))
                .isPresent();
    }

    boolean converges() {
        return operation.spec().converges();
    }

    boolean canBeSeen(StepRecord earlier) {
        return canBeSeen(operation, earlier);
    }

    /** Whether a target can show how far an earlier worker came with it. */
    static boolean canBeSeen(Operation<?, ?, ?> operation, StepRecord earlier) {
        return operation.spec().converges()
                || earlier.onlyLooks()
                || operation.evidence().isPresent();
    }

    void progress(int done, int of, String description) {
        running.progress().step(done, of, description);
    }

    private Uni<Ended> carriedOut(Probed before) {
        Plan plan = planned(before);
        Optional<Uni<Ended>> refusal = refused(plan, State.FAILED);
        if (refusal.isPresent()) {
            return refusal.get();
        }
        Marks made = Marks.of(operation.spec(), running.continuity().operationId(), plan);
        Plan marked = made.before(plan);
        made.required(plan).forEach(step -> permitted(step, before));
        if (running.dryRun()) {
            return Uni.createFrom()
                    .item(() -> unexecuted(State.SUCCEEDED, Optional.empty(), StepReports.foreseen(marked, before)));
        }
        if (plan.steps().isEmpty()) {
            return Uni.createFrom().item(() -> succeeded(false, new Outputs(before, List.of(), before)));
        }
        Optional<Ended> objected = running.check().flatMap(check -> objected(check, marked, before));
        if (objected.isPresent()) {
            return Uni.createFrom().item(objected.get());
        }
        ChangeRun<O> change = new ChangeRun<>(this, steps, Trail.fresh(before), before);
        marks = Optional.of(made);
        return running.fence().confirmed().chain(() -> made.make(steps)).chain(() -> change.run(plan.steps(), 0));
    }

    /** Before the first step: a plan that could neither be carried out nor taken back must not begin. */
    private void permitted(Step step, Probed before) {
        try {
            target.check(step);
            step.undo().foreseen(before).forEach(target::check);
        } catch (ExecutionFailure refusal) {
            throw StepFailed.from(refusal);
        }
    }

    private Optional<Uni<Ended>> refused(Plan plan, State ofArguments) {
        return plan.refusal().map(failure -> {
            State state = failure.category() == Category.INVALID_ARGUMENT ? ofArguments : State.FAILED;
            return Uni.createFrom().item(ended(state, false, Optional.empty(), Optional.of(failure)));
        });
    }

    private Optional<Ended> objected(PlanCheck check, Plan plan, Probed before) {
        List<StepReport> foreseen = StepReports.foreseen(plan, before);
        return check.objection(foreseen)
                .map(objection -> unexecuted(objection.end(), Optional.of(objection.failure()), foreseen));
    }

    /** The steps are those that would be run. */
    private Ended unexecuted(State state, Optional<Failure> failure, List<StepReport> foreseen) {
        boolean sudo = steps.usedSudo()
                | foreseen.stream().anyMatch(step -> step.sudo().isPresent());
        return new Ended(state, false, Optional.empty(), failure, foreseen, Optional.of(target.execution(sudo)));
    }

    Ended succeeded(boolean changed, Outputs outputs) {
        return ended(
                State.SUCCEEDED, changed, Optional.of(operation.parse(in, target.facts(), outputs)), Optional.empty());
    }

    Ended failed(StepFailed failed, boolean changed) {
        return ended(
                failed.state(),
                changed || failed.state() == State.INDETERMINATE,
                Optional.empty(),
                Optional.of(failed.failure()));
    }

    Ended ended(State state, boolean changed, Optional<Record> output, Optional<Failure> failure) {
        return new Ended(
                state, changed, output, failure, steps.reports(), Optional.of(target.execution(steps.usedSudo())));
    }
}
