package io.infrabridge.runtime.worker;

import io.infrabridge.contract.Execution;
import io.infrabridge.contract.TargetKind;
import io.infrabridge.runtime.execution.Cancellation;
import io.infrabridge.runtime.execution.FakeHost;
import io.infrabridge.runtime.execution.Target;
import io.infrabridge.runtime.execution.Targets;
import io.infrabridge.runtime.operation.HostFacts;
import io.infrabridge.runtime.operation.Output;
import io.infrabridge.runtime.operation.Step;
import io.smallrye.mutiny.Uni;
import java.time.Duration;

/** A host whose changes take their time. */
final class SlowHost implements Targets, Target<HostFacts> {
    private final FakeHost host;
    private final Duration step;
    private final StepCount started = new StepCount();

    SlowHost(FakeHost host, Duration step) {
        this.host = host;
        this.step = step;
    }

    /** Its changes. */
    StepCount started() {
        return started;
    }

    @Override
    public TargetKind kind() {
        return TargetKind.HOST;
    }

    @Override
    public Uni<? extends Target<?>> reach(String name) {
        return Uni.createFrom().item(this);
    }

    @Override
    public HostFacts facts() {
        return host.facts();
    }

    @Override
    public Execution execution(boolean sudoRequired) {
        return host.execution(sudoRequired);
    }

    @Override
    public Uni<Output> execute(Step one, Cancellation cancellation) {
        if (!one.command().get(0).equals("add")) {
            return host.execute(one, cancellation);
        }
        started.add();
        return Uni.createFrom().voidItem().onItem().delayIt().by(step).chain(() -> host.execute(one, cancellation));
    }
}
