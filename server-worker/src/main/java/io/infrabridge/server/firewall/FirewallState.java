package io.infrabridge.server.firewall;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A firewall as it is now.
 *
 * @param active whether its rules are in force
 * @param now the rules that are in force, or would be if it were active
 * @param kept the rules that it begins with when it is started anew
 * @param zone where the firewall has zones, the one that rules go to
 */
record FirewallState(
        String firewall, boolean active, RuleSet now, RuleSet kept, Optional<String> zone, List<String> notes) {
    FirewallState {
        notes = List.copyOf(notes);
    }

    FirewallState noting(Optional<String> note) {
        List<String> more = new ArrayList<>(notes);
        note.ifPresent(more::add);
        return new FirewallState(firewall, active, now, kept, zone, more);
    }
}
