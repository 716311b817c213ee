package io.infrabridge.server.firewall;

import io.infrabridge.runtime.operation.Probed;
import java.util.List;

/** A firewall whose rules are changed by commands, one by one. */
sealed interface EditedFirewall extends Firewall permits Ufw, Firewalld {
    /** What is left to do until a rule is there, or until it is not. */
    List<Edit> edits(FirewallState state, FirewallRule rule, boolean wanted);

    /** The commands that take these edits back, without anybody's help. */
    List<List<String>> reverts(List<Edit> edits);

    @Override
    default RuleSteps steps(RuleInput in, boolean wanted, Probed before) {
        return new EditedRules(this, in, wanted, edits(state(RuleChange.looks(before)), in.firewallRule(), wanted));
    }
}
