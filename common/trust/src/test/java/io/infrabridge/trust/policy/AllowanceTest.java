package io.infrabridge.trust.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.infrabridge.contract.Risk;
import java.time.Duration;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

/** Which rules count an operation, and on whose account. */
class AllowanceTest {
    private static final Policy POLICY = Policy.parse("""
            roles:
              - {name: op, risks: [READ, CHANGE]}
              - {name: agent}
            limits:
              - {name: gentle, per: target, operations: 5, period: PT1M, risks: [CHANGE]}
              - {name: looks, per: domain, operations: 100, period: PT1S, tools: [server_manage], risks: [READ]}
            quotas:
              - {name: each, per: caller, operations: 10, zone: Europe/Berlin, risks: [CHANGE]}
              - {name: agents, per: role, roles: [agent], operations: 3}
            """);

    @Test
    void drawsOnWhateverCountsIt() {
        assertThat(POLICY.evaluate(Asking.as("op").access(), false).allowances())
                .containsExactly(
                        new Allowance.PerTarget("limit:gentle", 5, Duration.ofMinutes(1)),
                        new Allowance.PerDay("quota:each", "key:alice", 10, ZoneId.of("Europe/Berlin")));
        assertThat(POLICY.evaluate(Asking.as("op", "agent").risk(Risk.READ).access(), false)
                        .allowances())
                .containsExactly(
                        new Allowance.PerDomain("limit:looks", 100, Duration.ofSeconds(1)),
                        new Allowance.PerDay("quota:agents", "", 3, ZoneOffset.UTC));
    }

    @Test
    void aDryRunCountsAsARead() {
        Evaluation evaluation = POLICY.evaluate(Asking.as("op").access(), true);

        assertThat(evaluation.allowances())
                .containsExactly(new Allowance.PerDomain("limit:looks", 100, Duration.ofSeconds(1)));
        assertThat(evaluation.findings())
                .contains(
                        Finding.notAbout("limit:gentle"),
                        Finding.of("limit:looks", Finding.Effect.COUNTS, "At most 100 operations."));
    }

    @Test
    void drawsOnNothingThatIsAboutSomethingElse() {
        assertThat(POLICY.evaluate(
                                Asking.as("op")
                                        .action("nas_volume", "list")
                                        .risk(Risk.READ)
                                        .access(),
                                false)
                        .allowances())
                .isEmpty();
    }
}
