package io.infrabridge.server.nixos;

import io.infrabridge.contract.Execution;
import io.infrabridge.contract.TargetKind;
import io.infrabridge.runtime.execution.Cancellation;
import io.infrabridge.runtime.execution.Target;
import io.infrabridge.runtime.execution.Targets;
import io.infrabridge.runtime.operation.Distro;
import io.infrabridge.runtime.operation.HostFacts;
import io.infrabridge.runtime.operation.Output;
import io.infrabridge.runtime.operation.Rehearsal;
import io.infrabridge.runtime.operation.Run;
import io.infrabridge.runtime.operation.Step;
import io.infrabridge.server.RunningMarks;
import io.smallrye.mutiny.Uni;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** A NixOS host in memory. One of its changes fails where a test says so, before or after it took effect. */
public final class ScriptedNixos implements Targets, Target<HostFacts> {
    /** Every change that was asked of it. */
    public final List<String> changes = new ArrayList<>();
    /** Which of the changes fails, counted from one; none where it is zero. */
    public int failing;

    public boolean afterItTookEffect;

    private final SimulatedNixos nixos;
    private final Function<List<String>, Output> answers;

    /** What is not looked at in files is answered so. */
    public ScriptedNixos(SimulatedNixos nixos, Function<List<String>, Output> answers) {
        this.nixos = nixos;
        this.answers = answers;
    }

    public String state() {
        return nixos.state();
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
        return Rehearsal.host(Distro.NIXOS);
    }

    @Override
    public Execution execution(boolean sudoRequired) {
        return new Execution(
                Execution.Mode.REMOTE,
                "nixos1",
                Optional.of("infra"),
                Optional.of("nixos"),
                sudoRequired,
                Optional.empty());
    }

    @Override
    public Uni<Output> execute(Step step, Cancellation cancellation) {
        return Uni.createFrom().item(() -> answer((Run) step));
    }

    private Output answer(Run run) {
        List<String> argv = run.argv();
        if (RunningMarks.named(argv)) {
            return Output.of("");
        }
        if (run.sudo().isEmpty()) {
            return nixos.looks(argv) ? nixos.look(argv) : answers.apply(argv);
        }
        changes.add(String.join(" ", argv));
        boolean fails = changes.size() == failing;
        if (!fails || afterItTookEffect) {
            nixos.change(argv, run.input().orElse(""));
        }
        return fails ? Output.failed(1, "as the test says") : Output.of("");
    }
}
