package io.infrabridge.trust.policy;

import io.infrabridge.contract.Risk;
import java.util.List;

/**
 * What one role may do: whatever one of its grants covers.
 *
 * @param grants a role without any allows nothing, but its holders may approve and be exempt
 */
record Role(String name, List<Scope> grants) {
    /** Grants as a list, or a single one written beside the name. */
    static Role read(Section section) {
        String name = section.name();
        if (section.has("grants")) {
            return new Role(name, section.each("grants", Scope::readStrictly));
        }
        return new Role(name, Scope.isIn(section) ? List.of(Scope.readStrictly(section)) : List.of());
    }

    boolean allows(Access access) {
        return grants.stream().anyMatch(grant -> grant.covers(access));
    }

    boolean allowsSomewhere(String tool, String action, Risk risk) {
        return grants.stream().anyMatch(grant -> grant.coversAction(tool, action, risk));
    }

    Finding check(Access access) {
        String rule = "role:" + name;
        if (!access.roles().contains(name)) {
            return Finding.of(rule, Finding.Effect.NO_MATCH, "The caller does not have this role.");
        }
        return allows(access)
                ? Finding.of(rule, Finding.Effect.ALLOWS, "One of its grants covers it.")
                : Finding.of(rule, Finding.Effect.NO_MATCH, "None of its grants covers it.");
    }
}
