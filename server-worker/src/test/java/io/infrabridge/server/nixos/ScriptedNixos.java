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
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A NixOS host in memory: files, and generations that remember what they were built from. One of its changes fails where a test says
 * so, before or after it took effect.
 */
public final class ScriptedNixos implements Targets, Target<HostFacts> {
    /** Every change that was asked of it. */
    public final List<String> changes = new ArrayList<>();
    /** Which of the changes fails, counted from one; none where it is zero. */
    public int failing;

    public boolean afterItTookEffect;

    private final Map<String, String> files = new TreeMap<>();
    private final TreeMap<Long, Optional<String>> generations = new TreeMap<>();
    private final Map<String, Output> answers;
    private long current = 1;

    /** It answers these programs with these outputs. */
    public ScriptedNixos(Map<String, Output> answers) {
        this.answers = answers;
        files.put(NixosFiles.MODULE, NixosFiles.MODULE_TEXT);
        files.put(NixosFiles.CONFIGURATION, "{ imports = [ ./infrabridge.nix ]; }");
        generations.put(1L, Optional.empty());
    }

    /** Somebody has declared this, built it, and gone back a generation after a try of something else. */
    public ScriptedNixos goneBackTo(Declared declared) {
        files.put(NixosFiles.DATA, declared.text());
        build();
        files.put(NixosFiles.DATA, Declared.nothing().text());
        build();
        files.put(NixosFiles.DATA, declared.text());
        current = 2;
        return this;
    }

    /** All that must be as it began; a generation that nobody uses harms nobody. */
    public String state() {
        return files + " runs " + generations.get(current);
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
            return looked(argv);
        }
        changes.add(String.join(" ", argv));
        boolean fails = changes.size() == failing;
        if (!fails || afterItTookEffect) {
            change(argv, run.input().orElse(""));
        }
        return fails ? Output.failed(1, "as the test says") : Output.of("");
    }

    private Output looked(List<String> argv) {
        String last = argv.get(argv.size() - 1);
        return switch (argv.get(0)) {
            case "cat" ->
                Optional.ofNullable(last.equals(NixosFiles.ACTIVE) ? null : files.get(last))
                        .or(() -> last.equals(NixosFiles.ACTIVE) ? generations.get(current) : Optional.empty())
                        .map(Output::of)
                        .orElseGet(() -> Output.failed(1, "cat: " + last + ": No such file or directory"));
            case "find" -> Output.of(links());
            default -> answers.get(argv.get(0));
        };
    }

    private String links() {
        StringBuilder links = new StringBuilder("system system-" + current + "-link\n");
        generations.keySet().forEach(each -> links.append("system-" + each + "-link /nix/store/" + each + "\n"));
        return links.toString();
    }

    private void change(List<String> argv, String input) {
        String last = argv.get(argv.size() - 1);
        switch (argv.get(0)) {
            case "install" -> files.put(last, input);
            case "mv" -> files.put(last, files.remove(argv.get(argv.size() - 2)));
            case "rm" -> files.remove(last);
            case "nixos-rebuild" -> {
                if (argv.contains("--rollback")) {
                    current = generations.lowerKey(current);
                } else if (argv.contains("switch")) {
                    build();
                }
            }
            default -> throw new IllegalArgumentException("not scripted: " + argv);
        }
    }

    private void build() {
        current = generations.lastKey() + 1;
        generations.put(current, Optional.of(files.getOrDefault(NixosFiles.DATA, "{}")));
    }
}
