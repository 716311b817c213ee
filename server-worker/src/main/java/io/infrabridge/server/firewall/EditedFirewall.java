package io.infrabridge.server.firewall;

import io.infrabridge.runtime.operation.Plan;
import io.infrabridge.runtime.operation.Probed;
import java.util.List;
import java.util.Optional;

/** A firewall whose rules are changed by commands, one by one. */
sealed interface EditedFirewall extends Firewall permits Ufw, Firewalld {
    /** What is left to do until a rule is there, or until it is not. */
    List<Edit> edits(FirewallState state, FirewallRule rule, boolean wanted);

    /** The commands that take these edits back, without anybody's help. */
    List<List<String>> reverts(List<Edit> edits);

    /** Why it cannot be changed as it is now. */
    Optional<Plan> unchangeable(FirewallState state);

    @Override
    default Plan plan(RuleInput in, boolean wanted, Probed before) {
        FirewallState state = state(RuleChange.looks(before));
        return unchangeable(state)
                .orElseGet(() ->
                        new EditedRules(this, in, wanted, edits(state, in.firewallRule(), wanted)).plan(state, before));
    }
}
