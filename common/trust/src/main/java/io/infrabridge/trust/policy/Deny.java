package io.infrabridge.trust.policy;

import java.util.Collections;
import java.util.Optional;
import java.util.Set;

/**
 * What may not be done whatever roles allow.
 *
 * @param roles those whom it concerns; everybody where absent
 */
record Deny(String name, Scope scope, Optional<Set<String>> roles, Optional<String> reason) {
    static Deny read(Section section, Set<String> roles) {
        return new Deny(
                section.name(),
                Scope.read(section, Scope.EVERY_RISK, Scope.EVERY_RISK),
                section.roles("roles", roles),
                section.optionalText("reason"));
    }

    boolean concerns(Set<String> held) {
        return roles.map(named -> !Collections.disjoint(named, held)).orElse(true);
    }

    Finding check(Access access) {
        String rule = "deny:" + name;
        if (!scope.covers(access) || !concerns(access.roles())) {
            return Finding.notAbout(rule);
        }
        return Finding.refusing(
                rule,
                "The rule " + name + " forbids " + access.tool() + " " + access.action() + " on " + access.target()
                        + reason.map(text -> ": " + text).orElse("") + ".",
                "No role overrides a deny rule; ask an administrator.");
    }
}
