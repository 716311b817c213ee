package io.infrabridge.trust.policy;

import io.infrabridge.contract.Risk;
import io.infrabridge.trust.InvalidConfiguration;
import io.infrabridge.trust.Wildcard;
import java.util.List;
import java.util.Set;

/**
 * What one role may do; every list must match, a {@code *} at the end matches any rest.
 *
 * @param tools by default all
 * @param targets by default all
 */
public record Role(String name, Set<Risk> risks, List<String> tools, List<String> targets) {
    public Role {
        if (name == null || !name.matches("[a-z][a-z0-9_-]{0,62}")) {
            throw new InvalidConfiguration("role name must be lower case letters, digits, - and _: " + name);
        }
        risks = risks == null ? Set.of() : Set.copyOf(risks);
        tools = tools == null ? List.of("*") : List.copyOf(tools);
        targets = targets == null ? List.of("*") : List.copyOf(targets);
    }

    boolean allows(Access access) {
        return risks.contains(access.risk())
                && Wildcard.anyMatches(tools, access.tool())
                && Wildcard.anyMatches(targets, access.target());
    }
}
