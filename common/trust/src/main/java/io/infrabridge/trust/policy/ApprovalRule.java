package io.infrabridge.trust.policy;

import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Which changes must wait for whose consent. */
record ApprovalRule(String name, Scope scope, ApprovalRequirement requirement) {
    private static final int MOST = 10;
    // what waits longer would outlive the ledger that it waits in
    private static final Durations WAITING = new Durations(Duration.ofSeconds(1), Duration.ofDays(7));

    static ApprovalRule read(Section section, Set<String> roles) {
        String name = section.name();
        return new ApprovalRule(
                name,
                Scope.read(section, Scope.CHANGES, Scope.CHANGES),
                new ApprovalRequirement(
                        "approval:" + name,
                        section.integer("approvals", 1, MOST).orElse(1),
                        section.roles("roles", roles).orElseThrow(() -> section.missing("roles")),
                        section.flag("other_person").orElse(true),
                        WAITING.read(section, "expires").orElse(Duration.ofHours(1))));
    }

    /**
     * @param first the rule that decides, if there is one
     */
    Finding check(Optional<ApprovalRule> first) {
        if (!first.equals(Optional.of(this))) {
            return Finding.notAbout(requirement.rule());
        }
        return Finding.of(
                requirement.rule(),
                Finding.Effect.ASKS,
                requirement.approvals() + " of the roles " + new TreeSet<>(requirement.roles())
                        + " must approve within " + requirement.expires() + ".");
    }
}
