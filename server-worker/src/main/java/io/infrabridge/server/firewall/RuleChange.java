package io.infrabridge.server.firewall;

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

/**
 * A change of one rule that cannot lock us out: what would cut the way by which the host is reached is refused, and what might is
 * done under a timer on the host that takes it back unless a new connection comes first. The probe is the same for every change:
 * first the doors, then the timers of an earlier attempt, then the firewall.
 */
final class RuleChange {
    static final Duration USUAL = Duration.ofMinutes(30);
    /** Where in the probe of a change the looks at timers begin, one for each rule. */
    static final int TIMERS = 2;
    /** Where in the probe of a change of one rule the looks of the firewall begin. */
    static final int FIREWALL = 3;

    private RuleChange() {}

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
                .map(firewall -> looks(List.of(in), firewall))
                .orElseGet(() -> Firewall.unsupported(host));
    }

    /** For several rules at once. */
    static Plan looks(List<RuleInput> all, Firewall firewall) {
        List<Step> steps = new ArrayList<>(Doors.looks());
        all.forEach(in -> steps.add(Revert.of(in.firewallRule()).look()));
        steps.addAll(firewall.looks());
        return Plan.of(steps);
    }

    static Plan plan(RuleInput in, HostFacts host, boolean wanted, Probed before) {
        return Firewall.of(host).orElseThrow().plan(in, wanted, before);
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

    static Doors doors(Probed before) {
        return Doors.seen(before.get(0), before.get(1));
    }

    static List<Output> looks(Probed probed) {
        return probed.outputs().subList(FIREWALL, probed.outputs().size());
    }
}
