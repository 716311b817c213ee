package io.infrabridge.trust.policy;

import io.infrabridge.contract.Risk;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;

/** Which changes must wait for whose consent. */
record ApprovalRule(String name, Scope scope, ApprovalRequirement requirement) {
    private static final Duration SHORTEST = Duration.ofSeconds(1);
    // what waits longer would outlive the ledger that it waits in
    private static final Duration LONGEST = Duration.ofDays(7);
    private static final int MOST = 10;

    static ApprovalRule read(Section section, Set<String> roles) {
        String name = section.name();
        EnumSet<Risk> changes = EnumSet.of(Risk.CHANGE, Risk.DESTRUCTIVE);
        section.risks("risks", changes);
        return new ApprovalRule(
                name,
                Scope.read(section, changes),
                new ApprovalRequirement(
                        "approval:" + name,
                        section.integer("approvals", 1, MOST, 1),
                        section.roles("roles", roles).orElseThrow(() -> section.invalid("roles", "is missing")),
                        section.flag("other_person", true),
                        section.duration("expires", SHORTEST, LONGEST, Duration.ofHours(1))));
    }
}
