package io.infrabridge.server.firewall;

import java.util.List;
import java.util.Optional;

/**
 * A rule as it is now.
 *
 * @param present whether the firewall has it
 * @param inForce whether it has it and is active
 * @param defaultIncoming what becomes of what no rule matches
 */
record RuleOutcome(
        FirewallRule rule,
        boolean present,
        boolean inForce,
        String firewall,
        boolean active,
        RuleAction defaultIncoming,
        RuleAction defaultOutgoing,
        Optional<String> zone,
        List<String> notes) {
    RuleOutcome {
        notes = List.copyOf(notes);
    }
}
