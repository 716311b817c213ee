package io.infrabridge.runtime.execution;

import io.infrabridge.contract.Category;
import io.infrabridge.contract.Failure;
import io.infrabridge.contract.State;
import io.infrabridge.contract.TargetKind;
import io.infrabridge.runtime.disclosure.Disclosure;
import io.infrabridge.runtime.operation.Operation;
import io.opentelemetry.api.trace.Tracer;
import io.smallrye.mutiny.Uni;
import java.time.Clock;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/** Runs operations on targets: reach, probe, plan, execute, verify, parse; and undo where that fails. */
public final class OperationRunner {
    /** About two minutes: a host that boots is there again by then. */
    private static final List<Duration> UNTIL_IT_IS_SEEN =
            IntStream.of(1, 2, 4, 8, 15, 30, 60).mapToObj(Duration::ofSeconds).toList();

    /** For a target that has to be looked at whatever the deadline says. */
    private static final Duration TO_LOOK = Duration.ofSeconds(30);

    private static final Duration AT_ONCE = Duration.ofMillis(1);

    private final List<Duration> pauses;
    private final Map<TargetKind, Targets> targets = new EnumMap<>(TargetKind.class);
    private final Tracer tracer;
    private final Clock clock;

    public OperationRunner(Iterable<Targets> targets, Tracer tracer, Clock clock) {
        this(targets, tracer, clock, UNTIL_IT_IS_SEEN);
    }

    OperationRunner(Iterable<Targets> targets, Tracer tracer, Clock clock, List<Duration> pauses) {
        this.pauses = List.copyOf(pauses);
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
        Optional<StepRecord> earlier = running.continuity().earlier();
        if (earlier.isEmpty()) {
            return once(kind, operation, in, targetName, running)
                    .onFailure(ExecutionFailure.class)
                    .recoverWithItem(failure -> notReached((ExecutionFailure) failure));
        }
        return OperationRun.canBeSeen(operation, earlier.get())
                ? onceSeen(() -> once(kind, operation, in, targetName, running), earlier.get(), 0)
                // reached only to remove the mark that it runs
                : once(kind, operation, in, targetName, running)
                        .onFailure(ExecutionFailure.class)
                        .recoverWithItem(() -> indeterminate(ResumedRun.unknown(earlier.get())));
    }

    private <I extends Record, F, O extends Record> Uni<Ended> once(
            Targets kind, Operation<I, F, O> operation, I in, String targetName, Running running) {
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
                    return new OperationRun<>(operation, in, known, running, steps, clock).run();
                });
    }

    /** What an earlier worker began is looked at again and again before it is given up. */
    private Uni<Ended> onceSeen(Supplier<Uni<Ended>> attempt, StepRecord earlier, int tried) {
        return Uni.createFrom()
                .deferred(attempt::get)
                .onFailure(ExecutionFailure.class)
                .transform(failure -> new NotSeen(((ExecutionFailure) failure).failure()))
                .onFailure(NotSeen.class)
                .recoverWithUni(failure -> tried < pauses.size()
                        ? Uni.createFrom()
                                .voidItem()
                                .onItem()
                                .delayIt()
                                .by(pauses.get(tried))
                                .chain(() -> onceSeen(attempt, earlier, tried + 1))
                        : Uni.createFrom()
                                .item(indeterminate(ResumedRun.blind(earlier, ((NotSeen) failure).failure()))));
    }

    private static Ended indeterminate(Failure failure) {
        return new Ended(
                State.INDETERMINATE, true, Optional.empty(), Optional.of(failure), List.of(), Optional.empty());
    }

    /** A timer takes no less than this. */
    private Duration left(Running running) {
        if (running.continuity().earlier().isPresent()) {
            return TO_LOOK;
        }
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
