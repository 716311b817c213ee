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
import java.util.List;

/** The host as one worker reaches it. What the worker started goes on when it dies, as on a real one. */
final class MortalHost implements Targets, Target<HostFacts> {
    private static final Duration STILL_RUNNING = Duration.ofMillis(300);

    private final FakeHost host;
    private final Life life;

    MortalHost(FakeHost host, Life life) {
        this.host = host;
        this.life = life;
    }

    @Override
    public TargetKind kind() {
        return TargetKind.HOST;
    }

    @Override
    public Uni<? extends Target<?>> reach(String name) {
        return life.dead() ? Uni.createFrom().nothing() : Uni.createFrom().item(this);
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
    public Uni<Output> execute(Step step, Cancellation cancellation) {
        List<String> command = step.command();
        String words = String.join(" ", command.contains("--") ? command.subList(0, command.indexOf("--")) : command);
        if (!life.goesOn("before " + words)) {
            return Uni.createFrom().nothing();
        }
        if (!life.goesOn("during " + words)) {
            Uni.createFrom()
                    .voidItem()
                    .onItem()
                    .delayIt()
                    .by(STILL_RUNNING)
                    .chain(() -> host.execute(step, cancellation))
                    .subscribe()
                    .with(done -> {}, failure -> {});
            return Uni.createFrom().nothing();
        }
        return host.execute(step, cancellation)
                .onItem()
                .transformToUni(output -> life.goesOn("after " + words)
                        ? Uni.createFrom().item(output)
                        : Uni.createFrom().nothing());
    }
}
