package io.infrabridge.runtime.execution;

import io.infrabridge.contract.Category;
import io.infrabridge.contract.TargetKind;
import io.infrabridge.runtime.disclosure.Disclosure;
import io.infrabridge.runtime.operation.Operation;
import io.opentelemetry.api.trace.Tracer;
import io.smallrye.mutiny.Uni;
import java.time.Clock;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;

/** Runs operations on targets: reach, probe, plan, execute, verify, parse; and undo where that fails. */
public final class OperationRunner {
    private static final Duration AT_ONCE = Duration.ofMillis(1);

    private final Map<TargetKind, Targets> targets = new EnumMap<>(TargetKind.class);
    private final Tracer tracer;
    private final Clock clock;

    public OperationRunner(Iterable<Targets> targets, Tracer tracer, Clock clock) {
        targets.forEach(kind -> this.targets.put(kind.kind(), kind));
        this.tracer = tracer;
        this.clock = clock;
    }

    /** Always an {@link Ended}, but for {@link Fenced} and for bugs. */
    public <I extends Record, F, O extends Record> Uni<Ended> run(
            Operation<I, F, O> operation, I in, String targetName, Running running) {
        Targets kind = targets.get(operation.spec().targetKind());
        if (kind == null) {
            throw new IllegalStateException(
                    "no way to targets of kind " + operation.spec().targetKind());
        }
        Uni<? extends Target<?>> reached = Uni.createFrom().deferred(() -> {
            try (var ignored = running.trace().makeCurrent()) {
                return kind.reach(targetName);
            }
        });
        return reached.ifNoItem()
                .after(left(running))
                .failWith(OperationRunner::notReachedInTime)
                .onItem()
                .transformToUni(target -> {
                    // a Targets gives targets whose facts are those that operations of its kind take
                    @SuppressWarnings("unchecked")
                    Target<F> known = (Target<F>) target;
                    StepRunner steps = new StepRunner(known, running, tracer, clock, Disclosure.of(in));
                    return new OperationRun<>(operation, in, known, running, steps).run();
                })
                .onFailure(ExecutionFailure.class)
                .recoverWithItem(failure -> notReached((ExecutionFailure) failure));
    }

    /** A timer takes no less than this. */
    private Duration left(Running running) {
        Duration left = Duration.between(clock.instant(), running.deadline());
        return left.compareTo(AT_ONCE) < 0 ? AT_ONCE : left;
    }

    private static ExecutionFailure notReachedInTime() {
        return ExecutionFailure.before(
                Category.TIMEOUT,
                "The deadline passed while the target was being reached; nothing was changed.",
                "The target is slow or away; its health tells. Ask again later, or with a longer timeout_seconds.");
    }

    private static Ended notReached(ExecutionFailure failure) {
        return Ended.refused(StepFailed.from(failure).state(), failure.failure());
    }
}
