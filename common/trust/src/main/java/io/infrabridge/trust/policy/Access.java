package io.infrabridge.trust.policy;

import io.infrabridge.contract.Risk;
import java.util.Set;

/** What somebody wants to do, in the terms that rules are written in. */
public record Access(Set<String> roles, String tool, String action, Risk risk, String target) {
    public Access {
        roles = Set.copyOf(roles);
    }
}
