package io.infrabridge.server.service;

import io.infrabridge.runtime.operation.Captured;
import io.infrabridge.runtime.operation.Distro;
import io.infrabridge.runtime.operation.Output;
import io.infrabridge.server.firewall.ScriptedFirewall;
import io.infrabridge.server.nixos.SimulatedNixos;
import java.util.List;

/** A NixOS host in memory with one service, which is not started at boot; a switch stops it where it is masked, and starts it never. */
final class SimulatedNixosUnit implements ScriptedFirewall {
    static final String NAME = "practice";

    private final SimulatedNixos nixos;
    private boolean active;

    SimulatedNixosUnit(SimulatedNixos nixos, boolean active) {
        this.nixos = nixos;
        this.active = active;
    }

    @Override
    public Distro distro() {
        return Distro.NIXOS;
    }

    @Override
    public boolean looks(List<String> argv) {
        return argv.get(0).equals("grep") || nixos.looks(argv);
    }

    @Override
    public Output look(List<String> argv) {
        return switch (argv.get(0)) {
            case "grep" -> Captured.output("grep-btime");
            case "systemctl" -> Output.of(shown().replaceAll("Id=.*", "Id=" + NAME + ".service"));
            default -> nixos.look(argv);
        };
    }

    @Override
    public void change(List<String> argv) {
        change(argv, "");
    }

    @Override
    public void change(List<String> argv, String input) {
        if (argv.get(0).equals("systemctl")) {
            active = argv.get(1).equals("start");
            return;
        }
        nixos.change(argv, input);
        active &= !(argv.contains("switch") && masked());
    }

    @Override
    public String state() {
        return nixos.state() + (active ? " active" : " inactive");
    }

    private String shown() {
        return Captured.text("systemctl-show-" + (masked() ? "masked" : active ? "active" : "stopped"));
    }

    private boolean masked() {
        return nixos.declared()
                .filter(declared -> declared.masked().contains(NAME))
                .isPresent();
    }
}
