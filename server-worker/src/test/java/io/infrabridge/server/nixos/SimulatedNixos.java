package io.infrabridge.server.nixos;

import io.infrabridge.runtime.operation.Output;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The files and systems of a NixOS host in memory; a system remembers what it was built from, and the same is built once. */
public final class SimulatedNixos {
    private final Map<String, String> files = new TreeMap<>();
    private final TreeMap<Long, Optional<String>> generations = new TreeMap<>();
    private long current = 1;
    private Optional<String> running = Optional.empty();
    /** The generation of the channel that is looked at. */
    private int channel = 1;

    private int channels = 1;
    private boolean fetched;

    public SimulatedNixos() {
        files.put(NixosFiles.MODULE, NixosFiles.MODULE_TEXT);
        files.put(NixosFiles.CONFIGURATION, "{ imports = [ ./infrabridge.nix ]; }");
        generations.put(1L, Optional.empty());
    }

    /** Somebody has declared this, built it, and gone back a generation after a try of something else. */
    public SimulatedNixos goneBackTo(Declared declared) {
        files.put(NixosFiles.DATA, declared.text());
        make();
        files.put(NixosFiles.DATA, declared.withHostName("tried").text());
        make();
        files.put(NixosFiles.DATA, declared.text());
        current--;
        running = generations.get(current);
        return this;
    }

    /** Somebody has declared this and not built it. */
    public SimulatedNixos writing(Declared declared) {
        files.put(NixosFiles.DATA, declared.text());
        return this;
    }

    /** All that must be as it began; a generation that nobody uses harms nobody. */
    public String state() {
        return files + " runs " + running + " next " + generations.get(current) + " channel " + channel;
    }

    /** What the running system was built from. */
    public Optional<Declared> declared() {
        return running.map(Declared::parse);
    }

    public boolean looks(List<String> argv) {
        return argv.get(0).equals("cat") || argv.get(0).equals("find") || argv.contains("system.outPath");
    }

    public Output look(List<String> argv) {
        if (argv.get(0).equals("nix-instantiate")) {
            return Output.of("\"" + path(built()) + "\"");
        }
        if (argv.contains("-mmin")) {
            return Output.of(fetched ? argv.get(1) + "\n" : "");
        }
        if (argv.get(0).equals("find")) {
            return Output.of(argv.contains(NixosFiles.RUNNING) ? links() : channelLinks());
        }
        String last = argv.get(argv.size() - 1);
        if (last.endsWith("nixos-version")) {
            return Output.of("23.11." + channel);
        }
        return (last.equals(NixosFiles.ACTIVE) ? running : Optional.ofNullable(files.get(last)))
                .map(Output::of)
                .orElseGet(() -> Output.failed(1, "cat: " + last + ": No such file or directory"));
    }

    private String links() {
        StringBuilder links = new StringBuilder("system system-" + current + "-link\n");
        generations.forEach((number, built) -> links.append("system-" + number + "-link " + path(built) + "\n"));
        return links + "current-system " + path(running) + "\n";
    }

    private String channelLinks() {
        StringBuilder links = new StringBuilder("channels channels-" + channel + "-link\n");
        for (int each = 1; each <= channels; each++) {
            links.append("channels-" + each + "-link /nix/store/x" + each + "-user-environment\n");
        }
        return links.toString();
    }

    private static String path(Optional<String> built) {
        return "/nix/store/" + Integer.toHexString(built.hashCode()) + "-nixos-system";
    }

    /** Takes effect of a command as root. */
    public void change(List<String> argv, String input) {
        String last = argv.get(argv.size() - 1);
        switch (argv.get(0)) {
            case "install" -> files.put(last, input);
            case "mv" -> files.put(last, files.remove(argv.get(argv.size() - 2)));
            case "rm" -> files.remove(last);
            case "nix-env" -> set(running);
            case "nix-channel" -> {
                channel = argv.contains("--update") ? ++channels : Integer.parseInt(last);
                fetched = true;
            }
            case "nixos-rebuild" -> rebuild(argv);
            default -> throw new IllegalArgumentException("not simulated: " + argv);
        }
    }

    private void rebuild(List<String> argv) {
        if (argv.contains("--rollback")) {
            current = generations.lowerKey(current);
        } else if (argv.contains("switch") || argv.contains("boot")) {
            set(built());
        }
        if (argv.contains("switch")) {
            running = generations.get(current);
        }
    }

    private void make() {
        set(built());
        running = generations.get(current);
    }

    private Optional<String> built() {
        return Optional.of(files.getOrDefault(NixosFiles.DATA, "{}") + (channel > 1 ? " ".repeat(channel) : ""));
    }

    /** As nix-env does: the last one again, where it is the same. */
    private void set(Optional<String> system) {
        if (!generations.lastEntry().getValue().equals(system)) {
            generations.put(generations.lastKey() + 1, system);
        }
        current = generations.lastKey();
    }
}
