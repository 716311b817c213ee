package io.infrabridge.trust.policy;

import java.time.Duration;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * What is counted, and for whom.
 *
 * @param roles whose operations count; everybody's where absent
 * @param of the allowance that a caller draws on
 */
record AllowanceRule(String rule, Scope scope, Optional<Set<String>> roles, Function<String, Allowance> of) {
    private static final int MOST = 1_000_000;
    private static final Durations PERIOD = new Durations(Duration.ofSeconds(1), Duration.ofDays(1));

    /** A rate: {@code per: target} or {@code per: domain}. */
    static AllowanceRule readLimit(Section section) {
        String rule = "limit:" + section.name();
        Scope scope = Scope.read(section, Scope.EVERY_RISK, Scope.EVERY_RISK);
        int operations = operations(section);
        Duration period = PERIOD.read(section, "period").orElseThrow(() -> section.missing("period"));
        Allowance allowance = section.word(
                "per",
                Map.of(
                        "target", new Allowance.PerTarget(rule, operations, period),
                        "domain", new Allowance.PerDomain(rule, operations, period)));
        return new AllowanceRule(rule, scope, Optional.empty(), caller -> allowance);
    }

    /** A day's quota: {@code per: caller} for each by himself, {@code per: role} for all who have one of the roles. */
    static AllowanceRule readQuota(Section section, Set<String> defined) {
        String rule = "quota:" + section.name();
        Scope scope = Scope.read(section, Scope.EVERY_RISK, Scope.EVERY_RISK);
        int operations = operations(section);
        ZoneId zone = section.value("zone", Zones.FORM, ZoneId::of).orElse(ZoneOffset.UTC);
        boolean perCaller = section.word("per", Map.of("caller", true, "role", false));
        Optional<Set<String>> roles = section.roles("roles", defined);
        if (!perCaller && roles.isEmpty()) {
            throw section.missing("roles");
        }
        return new AllowanceRule(
                rule, scope, roles, caller -> new Allowance.PerDay(rule, perCaller ? caller : "", operations, zone));
    }

    private static int operations(Section section) {
        return section.integer("operations", 1, MOST).orElseThrow(() -> section.missing("operations"));
    }

    Optional<Allowance> drawnOn(Access access) {
        boolean counts = scope.covers(access)
                && roles.map(named -> !Collections.disjoint(named, access.roles()))
                        .orElse(true);
        return counts ? Optional.of(of.apply(access.caller())) : Optional.empty();
    }

    Finding check(Access access) {
        return drawnOn(access)
                .map(allowance ->
                        Finding.of(rule, Finding.Effect.COUNTS, "At most " + allowance.operations() + " operations."))
                .orElseGet(() -> Finding.notAbout(rule));
    }
}
