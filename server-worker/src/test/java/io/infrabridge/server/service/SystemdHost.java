package io.infrabridge.server.service;

import io.infrabridge.contract.Execution;
import io.infrabridge.contract.TargetKind;
import io.infrabridge.runtime.execution.Cancellation;
import io.infrabridge.runtime.execution.Target;
import io.infrabridge.runtime.execution.Targets;
import io.infrabridge.runtime.operation.Captured;
import io.infrabridge.runtime.operation.HostFacts;
import io.infrabridge.runtime.operation.Output;
import io.infrabridge.runtime.operation.Rehearsal;
import io.infrabridge.runtime.operation.Step;
import io.infrabridge.server.RunningMarks;
import io.smallrye.mutiny.Uni;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A host with one service, which behaves as systemd was seen to do, but for a step that it is told to fail. */
final class SystemdHost implements Targets, Target<HostFacts> {
    final List<String> changes = new ArrayList<>();
    private boolean active;
    private boolean enabled;
    private boolean masked;
    private final int failing;
    private final boolean afterItsEffect;

    /**
     * One that fails a change.
     *
     * @param failing which one, from 0 on
     * @param afterItsEffect whether that one does what it should before it fails
     */
    SystemdHost(boolean active, boolean enabled, boolean masked, int failing, boolean afterItsEffect) {
        this.active = active;
        this.enabled = enabled;
        this.masked = masked;
        this.failing = failing;
        this.afterItsEffect = afterItsEffect;
    }

    String state() {
        return "active=" + active + " enabled=" + enabled + " masked=" + masked;
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
        return Rehearsal.UBUNTU;
    }

    @Override
    public Execution execution(boolean sudo) {
        return new Execution(
                Execution.Mode.LOCAL, "app1", Optional.of("infra"), Optional.of("ubuntu"), sudo, Optional.empty());
    }

    @Override
    public Uni<Output> execute(Step step, Cancellation cancellation) {
        List<String> argv = step.command();
        if (RunningMarks.named(argv)) {
            return answer(Output.of(""));
        }
        if (argv.get(0).equals("grep")) {
            return answer(argv.contains("^btime") ? Captured.output("grep-btime") : Output.failed(1, ""));
        }
        if (argv.get(1).equals("show")) {
            return answer(shown());
        }
        boolean fails = changes.size() == failing;
        changes.add(argv.get(1));
        Output done = fails && !afterItsEffect ? Output.failed(1, "Failed: no space left") : done(argv.get(1));
        return answer(fails && done.succeeded() ? Output.failed(1, "Failed afterwards") : done);
    }

    private Output done(String verb) {
        switch (verb) {
            case "start" -> {
                if (masked) {
                    return Output.failed(1, "Unit nginx.service is masked.");
                }
                active = true;
            }
            case "stop" -> active = false;
            case "enable" -> enabled = true;
            case "disable" -> enabled = false;
            case "mask" -> masked = true;
            case "unmask" -> masked = false;
            default -> throw new AssertionError("not known here: " + verb);
        }
        return Output.of("");
    }

    private Output shown() {
        String shown = Captured.text("systemctl-show-" + (masked ? "masked" : enabled ? "enabled" : "stopped"));
        return Output.of(shown.replaceAll("ActiveState=.*", "ActiveState=" + (active ? "active" : "inactive")));
    }

    private static Uni<Output> answer(Output output) {
        return Uni.createFrom().item(output);
    }
}
