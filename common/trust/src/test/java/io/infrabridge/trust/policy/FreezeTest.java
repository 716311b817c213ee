package io.infrabridge.trust.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.infrabridge.contract.Category;
import io.infrabridge.contract.Risk;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FreezeTest {
    private static final Policy POLICY = Policy.parse("""
            roles:
              - {name: op, risks: [READ, CHANGE, DESTRUCTIVE]}
              - {name: oncall, risks: [CHANGE]}
              - {name: admin, risks: [CHANGE]}
            freezes:
              - {name: christmas, from: 2026-12-24T00:00:00Z, to: 2026-12-27T00:00:00Z, targets: [web*],
                 except_roles: [oncall, admin], reason: shops are busy}
              - {name: quiet, from: 2026-12-24T00:00:00Z, to: 2026-12-27T00:00:00Z, targets: [db*], risks: [READ]}
            """);

    @ParameterizedTest
    @CsvSource({
        "2026-12-23T23:59:59.999999999Z, true",
        "2026-12-24T00:00:00Z,           false",
        "2026-12-26T23:59:59.999999999Z, false",
        "2026-12-27T00:00:00Z,           true",
    })
    void holdsFromItsFirstMomentUntilTheFirstAfterIt(String at, boolean allowed) {
        assertThat(Asking.as("op").at(at).of(POLICY).allowed()).isEqualTo(allowed);
    }

    @Test
    void saysUntilWhenWhyAndWhoIsExempt() {
        assertThat(Asking.as("op").at("2026-12-25T00:00:00Z").of(POLICY))
                .isEqualTo(new Decision.Refused(
                        "freeze:christmas",
                        Category.FORBIDDEN,
                        "The freeze christmas is in force until 2026-12-27T00:00:00Z: shops are busy.",
                        "Ask again after 2026-12-27T00:00:00Z. One of these roles is exempt: admin, oncall."));
    }

    @ParameterizedTest
    @CsvSource({"READ, true", "CHANGE, false", "DESTRUCTIVE, false"})
    void stopsChangesAndNotReadsUnlessToldOtherwise(Risk risk, boolean allowed) {
        assertThat(Asking.as("op")
                        .risk(risk)
                        .at("2026-12-25T00:00:00Z")
                        .of(POLICY)
                        .allowed())
                .isEqualTo(allowed);
    }

    @Test
    void stopsTheRisksThatItNames() {
        Asking asking = Asking.as("op").target("db1").at("2026-12-25T00:00:00Z");

        assertThat(asking.of(POLICY).allowed()).isTrue();
        assertThat(asking.risk(Risk.READ).of(POLICY))
                .isEqualTo(new Decision.Refused(
                        "freeze:quiet",
                        Category.FORBIDDEN,
                        "The freeze quiet is in force until 2026-12-27T00:00:00Z.",
                        "Ask again after 2026-12-27T00:00:00Z."));
    }

    @Test
    void sparesWhoHasAnExemptRole() {
        assertThat(Asking.as("oncall").at("2026-12-25T00:00:00Z").ruling(POLICY))
                .isEqualTo("allowed by role:oncall");
        assertThat(Asking.as("op", "admin").at("2026-12-25T00:00:00Z").ruling(POLICY))
                .isEqualTo("allowed by role:op");
        assertThat(POLICY.evaluate(
                                Asking.as("oncall").at("2026-12-25T00:00:00Z").access(), false)
                        .findings())
                .contains(
                        Finding.of("freeze:christmas", Finding.Effect.PASSES, "The caller has a role that is exempt."));
    }
}
