package io.infrabridge.server.provision;

import io.infrabridge.runtime.operation.Captured;
import io.infrabridge.runtime.operation.Distro;
import io.infrabridge.runtime.operation.Output;
import io.infrabridge.server.firewall.ScriptedFirewall;
import io.infrabridge.server.firewall.ScriptedNixosFirewall;
import io.infrabridge.server.nixos.Declared;
import io.infrabridge.server.nixos.SimulatedNixos;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A NixOS host in memory with a firewall, services and accounts. Its switch does what NixOS's was seen to do: it starts what is started at
 * boot and does not run, and stops what is no longer there.
 */
final class SimulatedNixosServer implements ScriptedFirewall {
    /** Units of the host's own configuration, and whether that starts them at boot. */
    private static final Map<String, Boolean> OWN = Map.of("practice", false, "old", true, "lazy", true, "ssh", true);

    private static final String OPTION = "infrabridge-hello";
    private static final List<String> LOOKING = List.of(
            "hostnamectl", "uname", "readlink", "timedatectl", "nix-instantiate", "getent", "id", "stat", "grep");
    private static final String SYSCTL = "/etc/sysctl.d/60-nixos.conf";

    final SimulatedNixos nixos;
    final Set<String> active = new TreeSet<>(Set.of("old", "ssh"));
    final Set<String> users = new TreeSet<>();
    /** What is below /etc and in the kernel, and which of the files a switch has made. */
    final NixosEtc etc = new NixosEtc();

    final Map<String, String> kernel =
            new TreeMap<>(Map.of("net.ipv4.tcp_keepalive_time", "7200", "net.core.somaxconn", "4096"));
    private final ScriptedNixosFirewall firewall;

    SimulatedNixosServer(SimulatedNixos nixos) {
        this.nixos = nixos;
        firewall = new ScriptedNixosFirewall(nixos);
    }

    /** With what the running system makes of files and parameters. */
    SimulatedNixosServer activated() {
        etc.make(running().files());
        kernel.putAll(running().sysctl());
        return this;
    }

    @Override
    public Distro distro() {
        return Distro.NIXOS;
    }

    @Override
    public boolean looks(List<String> argv) {
        return LOOKING.contains(argv.get(0)) || firewall.looks(argv);
    }

    @Override
    public Output look(List<String> argv) {
        String last = argv.get(argv.size() - 1);
        return switch (argv.get(0)) {
            case "hostnamectl", "uname" -> Output.of(running().hostName().orElse("nixos1") + "\n");
            case "readlink" ->
                Output.of("/usr/share/zoneinfo/" + running().timeZone().orElse("Etc/UTC") + "\n");
            case "timedatectl" -> Captured.output("timedatectl-zones");
            case "nix-instantiate" -> last.equals("<nixpkgs>") ? packages(argv) : option(argv);
            case "getent" -> users.contains(argv.get(3)) ? entry(argv.get(1), argv.get(3)) : Output.failed(2, "");
            case "id" -> users.contains(last) ? Output.of(last + "\n") : Output.failed(1, "no such user");
            case "stat" -> etc.stat(argv.subList(argv.indexOf("--") + 1, argv.size()));
            case "grep" -> argv.contains("-H") ? shown(argv) : Captured.output("grep-btime");
            case "cat" -> last.equals("/etc/shells") ? Captured.output("cat-shells") : read(argv, last);
            case "systemctl" -> argv.contains("firewall.service") ? firewall.look(argv) : service(argv, plain(last));
            default -> firewall.look(argv);
        };
    }

    @Override
    public void change(List<String> argv) {
        change(argv, "");
    }

    @Override
    public void change(List<String> argv, String input) {
        String last = argv.get(argv.size() - 1);
        switch (argv.get(0)) {
            case "systemctl" -> {
                if (argv.get(1).equals("start")) {
                    active.add(plain(last));
                } else {
                    active.remove(plain(last));
                }
            }
            case "sysctl" -> kernel.put(last.split("=")[0], last.split("=")[1]);
            case "rmdir" -> etc.removeDirectory(last);
            case "useradd" -> users.add(last);
            case "userdel" -> users.remove(last);
            default -> {
                firewall.change(argv, input);
                if (argv.contains("switch")) {
                    switched();
                }
            }
        }
    }

    @Override
    public String state() {
        return nixos.state() + " active " + active + " users " + users + " etc " + etc + " kernel " + kernel;
    }

    Declared running() {
        return nixos.declared().orElseGet(Declared::nothing);
    }

    private void switched() {
        active.removeIf(name -> !known(name));
        OWN.keySet().stream().filter(this::atBoot).forEach(active::add);
        running().services().keySet().stream().filter(this::known).forEach(active::add);
        activated();
    }

    private Output read(List<String> argv, String path) {
        if (path.equals(SYSCTL)) {
            return Output.of(running().sysctl().entrySet().stream()
                    .map(entry -> entry.getKey() + "=" + entry.getValue() + "\n")
                    .collect(Collectors.joining()));
        }
        return etc.text(path).map(Output::of).orElseGet(() -> firewall.look(argv));
    }

    private Output shown(List<String> argv) {
        String before = "/proc/sys/";
        return Output.of(argv.stream()
                .filter(file -> file.startsWith(before))
                .map(file ->
                        file + ":" + kernel.get(file.substring(before.length()).replace('/', '.')) + "\n")
                .collect(Collectors.joining()));
    }

    private boolean known(String name) {
        return OWN.containsKey(name) || running().services().getOrDefault(name, false);
    }

    private boolean atBoot(String name) {
        return known(name) && running().units().getOrDefault(name, OWN.getOrDefault(name, true));
    }

    private Output service(List<String> argv, String name) {
        if (argv.stream().anyMatch(word -> word.contains("WantedBy"))) {
            return Captured.output("systemctl-show-wanted-" + (atBoot(name) ? "at-boot" : "by-nobody"));
        }
        String shown = Captured.text(
                "systemctl-show-" + (!known(name) ? "unknown" : active.contains(name) ? "active" : "stopped"));
        return Output.of(shown.replaceAll("Id=.*", "Id=" + name + ".service"));
    }

    private static Output packages(List<String> argv) {
        if (argv.stream().anyMatch(word -> word.startsWith("nosuchpackage."))) {
            return Captured.error(1, "nix-instantiate-unknown.err");
        }
        return Output.of(IntStream.range(0, argv.size())
                .filter(i -> argv.get(i).equals("-A"))
                .mapToObj(i -> argv.get(i + 1))
                .map(path -> path.endsWith(".type") ? "\"derivation\"" : "\"" + path.replace(".name", "-1.0") + "\"")
                .collect(Collectors.joining()));
    }

    private static Output option(List<String> argv) {
        return argv.contains("options.services." + OPTION + ".enable._type")
                ? Captured.output("nix-instantiate-option")
                : Captured.error(1, "nix-instantiate-no-option.err");
    }

    private static Output entry(String database, String name) {
        return Output.of(
                database.equals("passwd")
                        ? name + ":x:1001:1001::/home/" + name + ":/bin/bash\n"
                        : name + ":x:1001:\n");
    }

    private static String plain(String unit) {
        return Optional.of(unit)
                .filter(name -> name.endsWith(".service"))
                .map(name -> name.substring(0, name.length() - ".service".length()))
                .orElse(unit);
    }
}
