package io.infrabridge.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.infrabridge.contract.Execution;
import io.infrabridge.contract.TargetKind;
import io.infrabridge.runtime.execution.Cancellation;
import io.infrabridge.runtime.execution.Ended;
import io.infrabridge.runtime.execution.Target;
import io.infrabridge.runtime.execution.Targets;
import io.infrabridge.runtime.operation.HostFacts;
import io.infrabridge.runtime.operation.HostOperation;
import io.infrabridge.runtime.operation.Output;
import io.infrabridge.runtime.operation.Run;
import io.infrabridge.runtime.operation.Step;
import io.smallrye.mutiny.Uni;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;

/**
 * A host on which operations run as they do for real, by programs that a test plays. One of the commands that change it can be
 * made to fail: before it did anything, or after it did all of it.
 */
public final class ScriptedHost implements Targets, Target<HostFacts> {
    private static final Output BROKEN = Output.failed(1, "No space left on device");

    /** When a command fails. */
    public enum Moment {
        BEFORE,
        AFTER
    }

    private final HostFacts facts;
    private final Function<List<String>, Output> programs;
    private Optional<Moment> moment = Optional.empty();
    private int left;

    public ScriptedHost(HostFacts facts, Function<List<String>, Output> programs) {
        this.facts = facts;
        this.programs = programs;
    }

    /** Lets the change's command of this number, from 0, fail, and none after it. */
    public void failing(int number, Moment when) {
        moment = Optional.of(when);
        left = number;
    }

    public <I extends Record, O extends Record> Ended run(HostOperation<I, O> operation, String arguments) {
        return OneRun.of(operation, arguments, this, facts.hostname());
    }

    /** Whether the failure that was asked for has happened. */
    public boolean hasFailed() {
        return moment.isEmpty();
    }

    @Override
    public TargetKind kind() {
        return TargetKind.HOST;
    }

    @Override
    public Uni<? extends Target<?>> reach(String name) {
        assertThat(name).isEqualTo(facts.hostname());
        return Uni.createFrom().item(this);
    }

    @Override
    public HostFacts facts() {
        return facts;
    }

    @Override
    public Execution execution(boolean sudoRequired) {
        return new Execution(
                Execution.Mode.LOCAL,
                facts.hostname(),
                Optional.of(facts.user()),
                Optional.of(facts.distro().word()),
                sudoRequired,
                Optional.empty());
    }

    @Override
    public Uni<Output> execute(Step step, Cancellation cancellation) {
        return Uni.createFrom().item(() -> output(step));
    }

    /** Looks that root makes accept more than success, changes do not. */
    private Output output(Step step) {
        if (RunningMarks.named(step.command())) {
            return Output.of("");
        }
        boolean changes = step instanceof Run run && run.sudo().isPresent() && !run.accepts(BROKEN);
        if (!changes || moment.isEmpty() || left-- > 0) {
            return programs.apply(step.command());
        }
        Moment when = moment.get();
        moment = Optional.empty();
        if (when == Moment.AFTER) {
            // it is done, and only its answer is lost
            Objects.requireNonNull(programs.apply(step.command()));
        }
        return BROKEN;
    }
}
