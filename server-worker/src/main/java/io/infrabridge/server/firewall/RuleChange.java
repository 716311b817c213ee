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
import io.infrabridge.runtime.operation.Undo;
import io.infrabridge.runtime.operation.WaitFor;
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
    static final Duration USUAL = Duration.ofMinutes(2);
    private static final int TIMERS = 2;
    private static final int FIREWALL = 3;
    /** The host takes it back within a second after its time, unless it is busy. */
    private static final Duration GRACE = Duration.ofSeconds(60);

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
        return spec.runningOn(Distro.UBUNTU, "ufw", "cat")
                .runningOn(Distro.RHEL, "firewall-cmd")
                .runningAsRoot(Ufw.LOOKING)
                .runningAsRoot(FirewalldShapes.looking());
    }

    /** May change one. */
    static <I extends Record, O extends Record> OperationSpec<I, O> changing(OperationSpec<I, O> spec) {
        return looking(spec)
                .running("printenv", "ss", "systemctl", "systemd-run", Confirm.PROGRAM)
                .runningAsRoot("ss -H -l -t -n -p", Revert.STOP)
                .runningAsRoot(Ufw.changing())
                .runningAsRoot(FirewalldShapes.changing());
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

    static RuleOutcome outcome(RuleInput in, Probed after) {
        FirewallState state = Firewall.seen(looks(after));
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
        List<Edit> edits = firewall.edits(state, rule, wanted);
        List<Integer> waiting = revert.waiting(before.get(TIMERS));
        if (edits.isEmpty() && !revert.pending(before.get(TIMERS))) {
            return Plan.nothing();
        }
        return lockOut(state, before, edits).orElseGet(() -> {
            boolean risky = state.active() && (!wanted || !rule.allows() || in.forced());
            return risky || !waiting.isEmpty()
                    ? Plan.of(proved(edits, waiting))
                    : Plan.of(edits.stream()
                            .map(edit -> edit.run(takenBack(edit)))
                            .toList());
        });
    }

    private Optional<Plan> lockOut(FirewallState state, Probed before, List<Edit> edits) {
        if (in.forced() || edits.isEmpty()) {
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

    /** The timers first; what lasts beyond a restart of the firewall only when it has proved itself. */
    private List<Step> proved(List<Edit> edits, List<Integer> waiting) {
        List<Edit> now = edits.stream().filter(edit -> !edit.lasting()).toList();
        List<Edit> later = edits.stream().filter(Edit::lasting).toList();
        List<List<String>> reverts = now.isEmpty() ? List.of() : firewall.reverts(now);
        List<Step> steps = new ArrayList<>();
        if (!now.isEmpty()) {
            waiting.forEach(number -> steps.add(revert.stopStale(number)));
        }
        for (int i = 0; i < reverts.size(); i++) {
            steps.add(revert.arm(i + 1, reverts.get(i), in.seconds()));
        }
        now.forEach(edit -> steps.add(edit.run(byTheHost(edit))));
        if (!now.isEmpty() || !waiting.isEmpty()) {
            steps.add(new Confirm(
                    "Come to the host by a new connection", Duration.ofSeconds(Math.max(2, in.seconds() * 2L / 3))));
        }
        List<Integer> armed = new ArrayList<>(now.isEmpty() ? waiting : List.of());
        for (int i = 0; i < reverts.size(); i++) {
            armed.add(i + 1);
        }
        armed.forEach(number -> steps.add(revert.stop(number)));
        later.forEach(edit -> steps.add(edit.run(takenBack(edit))));
        return steps;
    }

    /** As long as its timer waits, the host does it; nobody else may be able to. What it has left is taken back then. */
    private Undo byTheHost(Edit edit) {
        WaitFor host = new WaitFor(
                        "Wait until the host has taken it back: " + edit.description(),
                        revert.look(),
                        look -> !revert.pending(look),
                        Duration.ofSeconds(1),
                        Duration.ofSeconds(in.seconds()).plus(GRACE))
                .throughOutages();
        return Undo.difference(
                before -> List.of(host), (before, now) -> left(edit, now) ? List.of() : List.of(edit.taken()));
    }

    private Undo takenBack(Edit edit) {
        return Undo.difference(
                before -> List.of(edit.taken()), (before, now) -> left(edit, now) ? List.of() : List.of(edit.taken()));
    }

    /** Whether it is still, or again, to be done. */
    private boolean left(Edit edit, Probed now) {
        return edit.among(firewall.edits(firewall.state(looks(now)), rule, wanted));
    }

    private static List<Output> looks(Probed probed) {
        return probed.outputs().subList(FIREWALL, probed.outputs().size());
    }
}
