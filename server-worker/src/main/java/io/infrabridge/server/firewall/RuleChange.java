package io.infrabridge.server.firewall;

import io.infrabridge.contract.Category;
import io.infrabridge.runtime.operation.Confirm;
import io.infrabridge.runtime.operation.Distro;
import io.infrabridge.runtime.operation.HostFacts;
import io.infrabridge.runtime.operation.OperationSpec;
import io.infrabridge.runtime.operation.Output;
import io.infrabridge.runtime.operation.Plan;
import io.infrabridge.runtime.operation.Probed;
import io.infrabridge.runtime.operation.Step;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A change of one rule that cannot lock us out: what would cut the way by which the host is reached is refused, and what might is
 * done under a timer on the host that takes it back unless a new connection comes first. The probe is the same for every change:
 * first the doors, then the timers of an earlier attempt, then the firewall.
 */
final class RuleChange {
    static final Duration USUAL = Duration.ofMinutes(30);
    private static final int TIMERS = 2;
    /** Where in the probe of a change the looks of the firewall begin. */
    static final int FIREWALL = 3;

    private final RuleInput in;
    private final FirewallRule rule;
    private final Firewall firewall;
    private final Revert revert;
    private final boolean wanted;

    RuleChange(RuleInput in, HostFacts host, boolean wanted) {
        this.in = in;
        this.rule = in.firewallRule();
        this.firewall = Firewall.of(host).orElseThrow();
        this.revert = Revert.of(rule);
        this.wanted = wanted;
    }

    /** May look at a firewall. */
    static <I extends Record, O extends Record> OperationSpec<I, O> looking(OperationSpec<I, O> spec) {
        return NixosFirewall.looking(spec.runningOn(Distro.UBUNTU, "ufw", "cat")
                .runningOn(Distro.RHEL, "firewall-cmd")
                .runningAsRoot(Ufw.LOOKING)
                .runningAsRoot(FirewalldShapes.looking()));
    }

    /** May change one. */
    static <I extends Record, O extends Record> OperationSpec<I, O> changing(OperationSpec<I, O> spec) {
        return NixosFirewall.changing(looking(spec)
                .running("printenv", "ss", "systemctl", "systemd-run", Confirm.PROGRAM)
                .runningAsRoot("ss -H -l -t -n -p", Revert.STOP)
                .runningAsRoot(Ufw.changing())
                .runningAsRoot(FirewalldShapes.changing()));
    }

    static Plan probe(RuleInput in, HostFacts host) {
        return Firewall.of(host)
                .map(firewall -> {
                    List<Step> steps = new ArrayList<>(Doors.looks());
                    steps.add(Revert.of(in.firewallRule()).look());
                    steps.addAll(firewall.looks());
                    return Plan.of(steps);
                })
                .orElseGet(() -> Firewall.unsupported(host));
    }

    static RuleOutcome outcome(RuleInput in, HostFacts host, Probed after) {
        FirewallState state = Firewall.of(host).orElseThrow().state(looks(after));
        boolean present = state.now().has(in.firewallRule());
        return new RuleOutcome(
                in.firewallRule(),
                present,
                present && state.active(),
                state.firewall(),
                state.active(),
                state.now().incoming(),
                state.now().outgoing(),
                state.zone(),
                state.notes());
    }

    Plan plan(Probed before) {
        FirewallState state = firewall.state(looks(before));
        return firewall.unchangeable(state).orElseGet(() -> planned(before, state));
    }

    private Plan planned(Probed before, FirewallState state) {
        RuleSteps steps = firewall.steps(in, wanted, before);
        List<Integer> waiting = revert.waiting(before.get(TIMERS));
        if (steps.none() && !revert.pending(before.get(TIMERS))) {
            return Plan.nothing();
        }
        return lockOut(state, before, steps).orElseGet(() -> {
            boolean risky = state.active() && (!wanted || !rule.allows() || in.forced());
            return risky || !waiting.isEmpty() ? steps.proved(waiting) : steps.plain();
        });
    }

    private Optional<Plan> lockOut(FirewallState state, Probed before, RuleSteps steps) {
        if (in.forced() || steps.none()) {
            return Optional.empty();
        }
        RuleSet after =
                wanted ? state.now().with(rule, !rule.allows()) : state.now().without(rule);
        return Doors.seen(before.get(0), before.get(1))
                .shutBy(rule, wanted, after)
                .map(door -> Plan.refuse(
                        Category.PRECONDITION_FAILED,
                        "This would shut out " + door + ", by which the host is reached.",
                        "Allow that first by a rule of its own, or narrow this one. With force=true it is tried, and taken back by"
                                + " the host unless a new connection comes within confirm_within_seconds."));
    }

    static List<Output> looks(Probed probed) {
        return probed.outputs().subList(FIREWALL, probed.outputs().size());
    }
}
