package io.infrabridge.trust.policy;

import java.time.Instant;
import java.util.Collections;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * A time in which changes rest.
 *
 * @param from the first moment of it
 * @param to the first moment after it
 * @param exceptRoles whoever has one of them is exempt
 */
record Freeze(String name, Scope scope, Instant from, Instant to, Set<String> exceptRoles, Optional<String> reason) {
    private static final String FORM = "an instant of ISO-8601, such as 2026-12-24T00:00:00Z";

    static Freeze read(Section section, Set<String> roles) {
        Freeze freeze = new Freeze(
                section.name(),
                Scope.read(section, Scope.EVERY_RISK, Scope.CHANGES),
                instant(section, "from"),
                instant(section, "to"),
                section.roles("except_roles", roles).orElseGet(Set::of),
                section.optionalText("reason"));
        if (!freeze.from.isBefore(freeze.to)) {
            throw section.invalid("to", "must be after from");
        }
        return freeze;
    }

    private static Instant instant(Section section, String property) {
        return section.value(property, FORM, Instant::parse).orElseThrow(() -> section.missing(property));
    }

    Finding check(Access access) {
        String rule = "freeze:" + name;
        if (!scope.covers(access)) {
            return Finding.notAbout(rule);
        }
        if (access.at().isBefore(from) || !access.at().isBefore(to)) {
            return Finding.of(rule, Finding.Effect.PASSES, "It is in force from " + from + " until " + to + ".");
        }
        if (!Collections.disjoint(exceptRoles, access.roles())) {
            return Finding.of(rule, Finding.Effect.PASSES, "The caller has a role that is exempt.");
        }
        return Finding.refusing(
                rule,
                "The freeze " + name + " is in force until " + to
                        + reason.map(text -> ": " + text).orElse("") + ".",
                "Ask again after " + to + "."
                        + (exceptRoles.isEmpty()
                                ? ""
                                : " One of these roles is exempt: " + String.join(", ", new TreeSet<>(exceptRoles))
                                        + "."));
    }
}
