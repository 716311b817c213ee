package io.infrabridge.trust.policy;

import io.infrabridge.contract.Risk;
import java.util.List;
import java.util.Set;

/**
 * What one role may do: whatever one of its grants covers.
 *
 * @param grants a role without any allows nothing, but may approve and be exempt
 */
public record Role(String name, List<Scope> grants) {
    static Role read(Section section) {
        String name = section.name();
        return new Role(name, grants(section));
    }

    /** The short form is one grant, written beside the name. */
    private static List<Scope> grants(Section section) {
        Scope inline = Scope.read(section, Set.of());
        return inline.risks().isEmpty() ? List.of() : List.of(inline);
    }

    static Role of(String name, Set<Risk> risks) {
        return new Role(name, List.of(Scope.of(risks)));
    }

    boolean allows(Access access) {
        return grants.stream().anyMatch(grant -> grant.covers(access));
    }
}
