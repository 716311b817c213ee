package io.infrabridge.server.firewall;

import io.infrabridge.runtime.operation.Plan;
import io.infrabridge.runtime.operation.Step;
import io.infrabridge.server.nixos.Declared;
import io.infrabridge.server.nixos.NixosHost;
import io.infrabridge.server.nixos.Rebuild;
import io.infrabridge.server.nixos.Switching;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Rules of NixOS, by which another system is built. For what is risky all is built first; the timer, which goes back a generation,
 * has the time that the switch itself may take beside that of the confirmation, so that it never strikes before the switch is over.
 *
 * @param limited whether the host's firewall takes plain rules only
 */
record DeclaredRules(RuleInput in, NixosHost host, Declared wanted, boolean limited) implements RuleSteps {
    private static final int ONE = 1;

    @Override
    public boolean none() {
        return host.runs(wanted);
    }

    @Override
    public Plan plain() {
        return limited(Rebuild.to(wanted, host, RuleChange.FIREWALL, (before, now) -> List.of()));
    }

    @Override
    public Plan proved(List<Integer> waiting) {
        Revert revert = Revert.of(in.firewallRule());
        if (none()) {
            return Plan.of(
                    Stream.concat(Stream.<Step>of(in.proof()), waiting.stream().map(revert::stop))
                            .toList());
        }
        Plan plan = wanted.equals(host.declared())
                // what runs is what is wanted, and only written otherwise: nothing can be cut off
                ? Rebuild.to(wanted, host, RuleChange.FIREWALL, (before, now) -> List.of())
                : Rebuild.guarded(wanted, host, RuleChange.FIREWALL, guard(revert));
        if (plan.refusal().isPresent()) {
            return plan;
        }
        List<Step> steps = new ArrayList<>();
        waiting.forEach(number -> steps.add(revert.stopStale(number)));
        steps.addAll(plan.steps());
        return limited(Plan.of(steps));
    }

    private Rebuild.Guard guard(Revert revert) {
        int seconds = in.seconds() + (int) Switching.SHORTLY.toSeconds();
        return new Rebuild.Guard(
                List.of(revert.arm(ONE, List.of(Switching.BACK.split(" ")), seconds)),
                revert.untilStruck("Wait until the host has gone back to the system before", seconds),
                List.of(in.proof(), revert.stop(ONE)));
    }

    private Plan limited(Plan plan) {
        return limited ? NixosFirewall.refusal(in.firewallRule()).orElse(plan) : plan;
    }
}
