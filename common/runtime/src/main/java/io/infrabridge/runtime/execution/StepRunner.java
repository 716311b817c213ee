package io.infrabridge.runtime.execution;

import io.infrabridge.contract.Category;
import io.infrabridge.contract.Failure;
import io.infrabridge.contract.State;
import io.infrabridge.contract.StepReport;
import io.infrabridge.runtime.disclosure.Disclosure;
import io.infrabridge.runtime.operation.Output;
import io.infrabridge.runtime.operation.Run;
import io.infrabridge.runtime.operation.Step;
import io.infrabridge.runtime.operation.Stop;
import io.infrabridge.runtime.operation.WaitFor;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Scope;
import io.smallrye.mutiny.Uni;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Runs the steps of one operation, one after the other, and keeps the record of each. */
final class StepRunner {
    private final Target<?> target;
    private final Running running;
    private final Tracer tracer;
    private final Clock clock;
    private final Disclosure disclosure;
    private final List<StepReport> reports = new ArrayList<>();
    private boolean usedSudo;

    StepRunner(Target<?> target, Running running, Tracer tracer, Clock clock, Disclosure disclosure) {
        this.target = target;
        this.running = running;
        this.tracer = tracer;
        this.clock = clock;
        this.disclosure = disclosure;
    }

    /** The outputs of steps that only look; fails with {@link StepFailed} at the first that is not accepted. */
    Uni<List<Output>> look(List<Step> steps, StepReport.Phase phase) {
        Uni<List<Output>> all = Uni.createFrom().item(ArrayList::new);
        for (Step step : steps) {
            all = all.chain(outputs -> run(step, phase).map(output -> {
                outputs.add(output);
                return outputs;
            }));
        }
        return all;
    }

    /** One step, recorded; the report is there whether or not it succeeded. */
    Uni<Output> run(Step step, StepReport.Phase phase) {
        return Uni.createFrom().deferred(() -> {
            refuseToStart(phase);
            usedSudo |= step.sudo().isPresent();
            Instant started = clock.instant();
            Span span = tracer.spanBuilder("step " + step.command().get(0))
                    .setParent(running.trace())
                    .setAttribute("infrabridge.step.phase", phase.name())
                    .setAttribute("infrabridge.step.description", disclosure.text(step.description()))
                    .startSpan();
            return attempt(step, phase, span)
                    .onItem()
                    .invoke(output -> record(step, phase, Optional.of(output.status()), started))
                    .onFailure()
                    .invoke(failure -> record(step, phase, Optional.empty(), started))
                    .map(output -> accepted(step, output))
                    .onFailure(ExecutionFailure.class)
                    .transform(failure -> StepFailed.from((ExecutionFailure) failure))
                    .onFailure()
                    .invoke(failure ->
                            span.setStatus(StatusCode.ERROR, disclosure.text(String.valueOf(failure.getMessage()))))
                    .onTermination()
                    .invoke(span::end);
        });
    }

    /** Reports a step of the change that an earlier worker ran; how it ended is not known any more. */
    int recall(Step step) {
        usedSudo |= step.sudo().isPresent();
        reports.add(report(step, StepReport.Phase.CHANGE, Optional.empty(), Optional.empty()));
        return reports.size() - 1;
    }

    /** As it may be told of this operation. */
    String told(String text) {
        return disclosure.text(text);
    }

    List<StepReport> reports() {
        return List.copyOf(reports);
    }

    int recorded() {
        return reports.size();
    }

    void markUndone(int report) {
        StepReport step = reports.get(report);
        reports.set(
                report,
                new StepReport(
                        step.phase(),
                        step.description(),
                        step.command(),
                        step.exitCode(),
                        step.durationMs(),
                        true,
                        step.undo(),
                        step.sudo()));
    }

    boolean usedSudo() {
        return usedSudo;
    }

    /** The undo of a change is run to its end whatever the deadline or a cancel says; only a new owner stops it. */
    private void refuseToStart(StepReport.Phase phase) {
        if (!running.fence().held()) {
            throw new Fenced();
        }
        if (!hurried(phase)) {
            return;
        }
        if (running.cancellation().requested()) {
            throw new StepFailed(
                    Failure.of(Category.CANCELLED, "Cancelled before the next step was started.", ""),
                    State.CANCELLED,
                    true);
        }
        if (!clock.instant().isBefore(running.deadline())) {
            throw new StepFailed(
                    Failure.of(
                            Category.TIMEOUT,
                            "The deadline passed before the next step was started.",
                            "Ask again with a longer timeout_seconds."),
                    State.TIMED_OUT,
                    true);
        }
    }

    private Uni<Output> attempt(Step step, StepReport.Phase phase, Span span) {
        if (step instanceof WaitFor wait) {
            return waitFor(wait, phase, span);
        }
        Step limited = step instanceof Run run ? within(run, phase) : step;
        Cancellation cancellation = mayBeStopped(step, phase) ? running.cancellation() : Cancellation.never();
        return Uni.createFrom().emitter(emitter -> {
            // the span has to be current where the execution layer subscribes, so that its own spans are children
            try (Scope ignored = running.trace().with(span).makeCurrent()) {
                target.execute(limited, cancellation).subscribe().with(emitter::complete, emitter::fail);
            }
        });
    }

    private Uni<Output> waitFor(WaitFor wait, StepReport.Phase phase, Span span) {
        Instant limit = clock.instant().plus(wait.limit());
        Instant end = hurried(phase) && running.deadline().isBefore(limit) ? running.deadline() : limit;
        Uni<Output> look = attempt(wait.look(), phase, span);
        return look.onItem()
                .transformToUni(output -> wait.accepts(output) || over(end, phase)
                        ? Uni.createFrom().item(output)
                        : lookAgain(wait, end, phase, span))
                .onFailure(failure -> failure instanceof ExecutionFailure && wait.patient() && !over(end, phase))
                .recoverWithUni(() -> lookAgain(wait, end, phase, span));
    }

    private Uni<Output> lookAgain(WaitFor wait, Instant end, StepReport.Phase phase, Span span) {
        return Uni.createFrom()
                .voidItem()
                .onItem()
                .delayIt()
                .by(wait.every())
                .chain(() -> waitFor(wait.within(Duration.between(clock.instant(), end)), phase, span));
    }

    private boolean over(Instant end, StepReport.Phase phase) {
        return hurried(phase) && running.cancellation().requested()
                || clock.instant().isAfter(end);
    }

    /** Whether the deadline and a cancel count: what takes back or verifies is brought to its end. */
    private static boolean hurried(StepReport.Phase phase) {
        return phase != StepReport.Phase.UNDO && phase != StepReport.Phase.VERIFY;
    }

    private Run within(Run run, StepReport.Phase phase) {
        if (run.stop() == Stop.BOUNDARY || !hurried(phase)) {
            return run;
        }
        Duration left = Duration.between(clock.instant(), running.deadline());
        return left.compareTo(run.limit()) < 0 ? run.within(left) : run;
    }

    private static boolean mayBeStopped(Step step, StepReport.Phase phase) {
        boolean killable = !(step instanceof Run run) || run.stop() == Stop.KILL;
        return killable && hurried(phase);
    }

    private void record(Step step, StepReport.Phase phase, Optional<Integer> exitCode, Instant started) {
        long took = Duration.between(started, clock.instant()).toMillis();
        reports.add(report(step, phase, exitCode, Optional.of(took)));
    }

    private static StepReport report(
            Step step, StepReport.Phase phase, Optional<Integer> exitCode, Optional<Long> took) {
        return new StepReport(phase, step.description(), step.command(), exitCode, took, false, List.of(), step.sudo());
    }

    private static Output accepted(Step step, Output output) {
        if (step.accepts(output)) {
            return output;
        }
        throw new StepFailed(Refusals.of(step, output), State.FAILED, true);
    }
}
