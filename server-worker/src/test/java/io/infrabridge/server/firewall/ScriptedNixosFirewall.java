package io.infrabridge.server.firewall;

import io.infrabridge.runtime.operation.Captured;
import io.infrabridge.runtime.operation.Distro;
import io.infrabridge.runtime.operation.Output;
import io.infrabridge.server.nixos.SimulatedNixos;
import java.util.List;

/** NixOS, whose configuration lets SSH in, and whose running firewall is told as it was before any of our rules. */
public record ScriptedNixosFirewall(SimulatedNixos nixos) implements ScriptedFirewall {
    @Override
    public Distro distro() {
        return Distro.NIXOS;
    }

    @Override
    public boolean looks(List<String> argv) {
        return nixos.looks(argv) || argv.contains("-S");
    }

    @Override
    public Output look(List<String> argv) {
        return switch (argv.get(0)) {
            case "systemctl" -> Captured.output("systemctl-show-firewall-nixos");
            case "iptables" -> Captured.output("iptables-nixos");
            case "ip6tables" -> Captured.output("ip6tables-nixos");
            default -> nixos.look(argv);
        };
    }

    @Override
    public void change(List<String> argv) {
        change(argv, "");
    }

    @Override
    public void change(List<String> argv, String input) {
        nixos.change(argv, input);
    }

    @Override
    public String state() {
        return nixos.state();
    }
}
