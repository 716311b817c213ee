package io.infrabridge.server.firewall;

import io.infrabridge.contract.Category;
import io.infrabridge.runtime.operation.Distro;
import io.infrabridge.runtime.operation.OperationSpec;
import io.infrabridge.runtime.operation.Output;
import io.infrabridge.runtime.operation.Plan;
import io.infrabridge.runtime.operation.Probed;
import io.infrabridge.runtime.operation.Run;
import io.infrabridge.runtime.operation.UnexpectedOutput;
import io.infrabridge.server.nixos.NixosHost;
import io.infrabridge.server.nixos.Rebuild;
import io.infrabridge.server.nixos.Switching;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * NixOS, whose firewall is declared; see networking.firewall in configuration.nix(5). Our rules are those of our data file that the
 * running system was built from. What lets in besides is read from the chain {@code nixos-fw}, where iptables tells it; with
 * nftables it is not seen, nor are rules that anybody has put into other chains.
 */
record NixosFirewall() implements Firewall {
    static final String[] LOOKING = {"iptables -w -S", "ip6tables -w -S"};

    private static final String WHY = "iptables answers root only";
    private static final String SCRIPT = "firewall.service";
    private static final String NFTABLES = "nftables.service";
    private static final int UNITS = NixosHost.LOOKS;

    static <I extends Record, O extends Record> OperationSpec<I, O> looking(OperationSpec<I, O> spec) {
        return spec.runningOn(Distro.NIXOS, "cat", "find", "ip6tables", "iptables", "systemctl")
                .runningAsRoot(LOOKING);
    }

    static <I extends Record, O extends Record> OperationSpec<I, O> changing(OperationSpec<I, O> spec) {
        return Switching.guarded(Rebuild.allowed(spec)).runningAsRoot(Revert.template(Switching.BACK));
    }

    @Override
    public List<Run> looks() {
        List<Run> looks = new ArrayList<>(NixosHost.looks());
        looks.add(Run.of(
                        "Ask whether the firewall runs",
                        "systemctl",
                        "show",
                        "--property=Id,ActiveState",
                        "--",
                        SCRIPT,
                        NFTABLES)
                .accepting(0, 1));
        looks.add(chain("List the rules in force for IPv4", "iptables"));
        looks.add(chain("List the rules in force for IPv6", "ip6tables"));
        return looks;
    }

    @Override
    public FirewallState state(List<Output> looks) {
        NixosRules declared =
                NixosRules.of(NixosHost.seen(new Probed(looks)).declared().firewall());
        Map<String, String> units = units(looks.get(UNITS));
        boolean byNftables = running(units.get(NFTABLES));
        boolean active = byNftables || running(units.get(SCRIPT));
        Optional<NixosChain> chain = active && !byNftables
                ? NixosChain.of(looks.get(UNITS + 1), looks.get(UNITS + 2), declared)
                : Optional.empty();
        RuleSet rules = declared.with(chain, active);
        return new FirewallState(
                        byNftables ? "nixos (nftables)" : "nixos", active, rules, rules, Optional.empty(), List.of())
                .noting(
                        active
                                ? Optional.empty()
                                : Optional.of("The firewall of NixOS does not run: what is declared is not in force."))
                .noting(
                        active && chain.isEmpty()
                                ? Optional.of(
                                        "Only what Infrabridge has declared is told: what else the configuration of the"
                                                + " host lets in is not seen.")
                                : Optional.empty())
                .noting(chain.flatMap(NixosChain::note));
    }

    @Override
    public Plan plan(RuleInput in, boolean wanted, Probed before) {
        return new DeclaredRules(this, List.of(in), wanted, before).plan();
    }

    /** Whether it takes plain rules only. */
    boolean limited(List<Output> looks) {
        return running(units(looks.get(UNITS)).get(NFTABLES));
    }

    /** With nftables our module can only allow ports, and says so in an assertion. */
    static Optional<Plan> refusal(FirewallRule rule) {
        boolean plain = rule.allows()
                && rule.incoming()
                && rule.port().isPresent()
                && rule.source().isEmpty();
        return plain
                ? Optional.empty()
                : Optional.of(
                        Plan.refuse(
                                Category.UNSUPPORTED_TARGET,
                                "The host's firewall is nftables, where only rules that allow a port from everywhere can be declared.",
                                "Declare it in the configuration of the host, or set networking.nftables.enable to false there."));
    }

    private static Map<String, String> units(Output shown) {
        Map<String, String> states = new HashMap<>();
        String id = "";
        for (String line : shown.lines()) {
            if (line.startsWith("Id=")) {
                id = line.substring("Id=".length());
            } else if (line.startsWith("ActiveState=")) {
                states.put(id, line.substring("ActiveState=".length()));
            }
        }
        if (!states.keySet().containsAll(List.of(SCRIPT, NFTABLES))) {
            throw new UnexpectedOutput("systemctl show says nothing of " + SCRIPT + " and " + NFTABLES);
        }
        return states;
    }

    private static boolean running(String state) {
        return state.equals("active") || state.equals("reloading");
    }

    private static Run chain(String description, String program) {
        return Run.of(description, program, "-w", "-S").asRoot(WHY).accepting(0, 1, 3, Output.NOT_FOUND);
    }
}
