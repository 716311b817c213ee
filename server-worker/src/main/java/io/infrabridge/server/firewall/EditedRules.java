package io.infrabridge.server.firewall;

import io.infrabridge.runtime.operation.Output;
import io.infrabridge.runtime.operation.Plan;
import io.infrabridge.runtime.operation.Probed;
import io.infrabridge.runtime.operation.Step;
import io.infrabridge.runtime.operation.Undo;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Edits of a firewall, each with its own way back. */
record EditedRules(EditedFirewall firewall, RuleInput in, boolean wanted, List<Edit> edits) {
    EditedRules {
        edits = List.copyOf(edits);
    }

    /** What is left to do, or why it must not be done. */
    Plan plan(FirewallState state, Probed before) {
        Revert revert = Revert.of(in.firewallRule());
        Output timers = before.get(RuleChange.TIMERS);
        List<Integer> waiting = revert.waiting(timers);
        if (edits.isEmpty() && !revert.pending(timers)) {
            return Plan.nothing();
        }
        return lockOut(state, before)
                .orElseGet(() ->
                        state.active() && in.mayShutOut(wanted) || !waiting.isEmpty() ? proved(waiting) : plain());
    }

    private Optional<Plan> lockOut(FirewallState state, Probed before) {
        if (in.forced() || edits.isEmpty()) {
            return Optional.empty();
        }
        FirewallRule rule = in.firewallRule();
        RuleSet after =
                wanted ? state.now().with(rule, !rule.allows()) : state.now().without(rule);
        return RuleChange.doors(before).refusal(rule, wanted, after, Doors.HINT);
    }

    /** For what cannot lock anybody out. */
    private Plan plain() {
        return Plan.of(edits.stream().map(edit -> edit.run(takenBack(edit))).toList());
    }

    /**
     * For what might: the host takes it back by itself, unless a new connection comes. The timers first; what lasts beyond a restart of
     * the firewall only when it has proved itself.
     *
     * @param waiting the timers that an earlier attempt has left
     */
    private Plan proved(List<Integer> waiting) {
        Revert revert = Revert.of(in.firewallRule());
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
        now.forEach(edit -> steps.add(edit.run(byTheHost(edit, revert))));
        if (!now.isEmpty() || !waiting.isEmpty()) {
            steps.add(in.proof());
        }
        List<Integer> armed = new ArrayList<>(now.isEmpty() ? waiting : List.of());
        for (int i = 0; i < reverts.size(); i++) {
            armed.add(i + 1);
        }
        armed.forEach(number -> steps.add(revert.stop(number)));
        later.forEach(edit -> steps.add(edit.run(takenBack(edit))));
        return Plan.of(steps);
    }

    /** As long as its timer waits, the host does it; nobody else may be able to. What it has left is taken back then. */
    private Undo byTheHost(Edit edit, Revert revert) {
        Step host = revert.untilStruck("Wait until the host has taken it back: " + edit.description(), in.seconds());
        return Undo.difference(
                before -> List.of(host), (before, now) -> left(edit, now) ? List.of() : List.of(edit.taken()));
    }

    private Undo takenBack(Edit edit) {
        return Undo.difference(
                before -> List.of(edit.taken()), (before, now) -> left(edit, now) ? List.of() : List.of(edit.taken()));
    }

    /** Whether it is still, or again, to be done. */
    private boolean left(Edit edit, Probed now) {
        return edit.among(firewall.edits(firewall.state(RuleChange.looks(now)), in.firewallRule(), wanted));
    }
}
