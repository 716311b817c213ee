package io.infrabridge.runtime.execution;

import io.infrabridge.contract.TargetKind;
import io.infrabridge.runtime.disclosure.Disclosure;
import io.infrabridge.runtime.operation.Operation;
import io.opentelemetry.api.trace.Tracer;
import io.smallrye.mutiny.Uni;
import java.time.Clock;
import java.util.EnumMap;
import java.util.Map;

/** Runs operations on targets: reach, probe, plan, execute, verify, parse; and undo where that fails. */
public final class OperationRunner {
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
        return reached.onItem()
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

    private static Ended notReached(ExecutionFailure failure) {
        return Ended.refused(StepFailed.from(failure).state(), failure.failure());
    }
}
