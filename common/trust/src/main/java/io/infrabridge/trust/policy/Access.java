package io.infrabridge.trust.policy;

import io.infrabridge.contract.Risk;
import java.time.Instant;
import java.util.Map;
import java.util.Set;

/**
 * What somebody wants to do, in the terms that rules are written in.
 *
 * @param target the inventory name of a host or cluster, or {@code localhost}
 * @param labels what the inventory says of the target
 * @param at when it is to be done
 */
public record Access(
        String caller,
        Set<String> roles,
        String tool,
        String action,
        Risk risk,
        String target,
        Map<String, String> labels,
        Instant at) {
    public Access {
        roles = Set.copyOf(roles);
        labels = Map.copyOf(labels);
    }

    Access looking() {
        return new Access(caller, roles, tool, action, Risk.READ, target, labels, at);
    }
}
