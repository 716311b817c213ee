package io.infrabridge.server.firewall;

import io.infrabridge.contract.Category;
import io.infrabridge.contract.Execution;
import io.infrabridge.contract.TargetKind;
import io.infrabridge.runtime.execution.Cancellation;
import io.infrabridge.runtime.execution.ExecutionFailure;
import io.infrabridge.runtime.execution.Target;
import io.infrabridge.runtime.execution.Targets;
import io.infrabridge.runtime.operation.Confirm;
import io.infrabridge.runtime.operation.HostFacts;
import io.infrabridge.runtime.operation.Output;
import io.infrabridge.runtime.operation.Rehearsal;
import io.infrabridge.runtime.operation.Run;
import io.infrabridge.runtime.operation.Step;
import io.infrabridge.server.RunningMarks;
import io.smallrye.mutiny.Uni;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A host with a firewall and timers, in memory. The timers' time comes when somebody waits for it; commands
 * fail where a test says so, before or after they took effect.
 */
public final class ScriptedHost implements Targets, Target<HostFacts> {
    private final ScriptedFirewall firewall;
    final Map<String, List<String>> timers = new TreeMap<>();
    public final List<String> changes = new ArrayList<>();
    /** Which of the changes fails, counted from one; none where it is zero. */
    public int failing;

    public boolean afterItTookEffect;
    /** Whether new connections are let in. */
    public boolean reachable = true;

    /** Whether timers are looked at because a probe has come to them. */
    private boolean probing;
    /** Whether the timers' time comes right after the proof. */
    boolean late;

    public ScriptedHost(ScriptedFirewall firewall) {
        this.firewall = firewall;
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
        return Rehearsal.host(firewall.distro());
    }

    @Override
    public Execution execution(boolean sudoRequired) {
        return new Execution(
                Execution.Mode.REMOTE,
                "app1",
                Optional.of("infra"),
                Optional.of(firewall.distro().word()),
                sudoRequired,
                Optional.empty());
    }

    @Override
    public Uni<Output> execute(Step step, Cancellation cancellation) {
        return Uni.createFrom().item(() -> answer(step));
    }

    /** All that must be as it began. */
    public String state() {
        return firewall.state() + timers.keySet();
    }

    private Output answer(Step step) {
        List<String> argv = step instanceof Run run ? run.argv() : step.command();
        if (step instanceof Confirm) {
            return confirmed();
        }
        if (RunningMarks.named(argv)) {
            return Output.of("");
        }
        boolean look = argv.get(0).equals("printenv")
                || argv.get(0).equals("ss")
                || argv.contains("show")
                || firewall.looks(argv);
        if (look) {
            probing = argv.get(0).equals("ss") || probing && timers(argv);
            if (timers(argv) && !probing) {
                fire();
            }
            return looked(argv);
        }
        changes.add(String.join(" ", argv));
        boolean fails = changes.size() == failing;
        if (fails && !afterItTookEffect) {
            return Output.failed(1, "as the test says");
        }
        Output output = changed(argv, step instanceof Run run ? run.input().orElse("") : "");
        return fails ? Output.failed(1, "as the test says") : output;
    }

    private Output confirmed() {
        changes.add("confirm");
        boolean fails = changes.size() == failing;
        if (late) {
            fire();
        }
        if (fails || !reachable) {
            reachable = false;
            throw ExecutionFailure.before(Category.HOST_UNREACHABLE, "No way to it.", "Look.");
        }
        return Output.of("");
    }

    private Output looked(List<String> argv) {
        if (argv.get(0).equals("printenv")) {
            return Asked.connection();
        }
        if (argv.get(0).equals("ss")) {
            return Output.of("");
        }
        if (!timers(argv)) {
            return firewall.look(argv);
        }
        StringBuilder shown = new StringBuilder();
        argv.subList(argv.indexOf("--") + 1, argv.size())
                .forEach(unit -> shown.append("Id=")
                        .append(unit)
                        .append("\nActiveState=")
                        .append(timers.containsKey(unit) ? "active" : "inactive")
                        .append("\n\n"));
        return Output.of(shown.toString());
    }

    private Output changed(List<String> argv, String input) {
        boolean ofService = argv.get(0).equals("systemctl") && !argv.get(3).startsWith(Revert.PREFIX);
        switch (ofService ? "" : argv.get(0)) {
            case "systemd-run" ->
                timers.put(
                        argv.get(3).substring("--unit=".length()) + ".timer",
                        argv.subList(argv.indexOf("--") + 1, argv.size()));
            case "systemctl" -> {
                if (timers.remove(argv.get(3)) == null) {
                    return Output.failed(5, "not loaded");
                }
            }
            default -> firewall.change(argv, input);
        }
        return Output.of("");
    }

    private static boolean timers(List<String> argv) {
        return argv.contains("show") && argv.get(argv.size() - 1).startsWith(Revert.PREFIX);
    }

    private void fire() {
        List<List<String>> due = List.copyOf(timers.values());
        timers.clear();
        due.forEach(firewall::change);
    }
}
