package io.infrabridge.server.firewall;

import java.util.List;
import java.util.Optional;

/**
 * A firewall and its rules.
 *
 * @param active whether its rules are in force
 * @param defaultIncoming what becomes of what no rule matches
 * @param rules in the order in which they count; each could be added as it is
 * @param otherRules rules that are more than that, in the firewall's own words
 */
record FirewallRules(
        String firewall,
        boolean active,
        RuleAction defaultIncoming,
        RuleAction defaultOutgoing,
        Optional<String> zone,
        List<FirewallRule> rules,
        List<String> otherRules,
        List<String> notes) {
    FirewallRules {
        rules = List.copyOf(rules);
        otherRules = List.copyOf(otherRules);
        notes = List.copyOf(notes);
    }
}
