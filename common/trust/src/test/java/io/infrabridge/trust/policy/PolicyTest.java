package io.infrabridge.trust.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.infrabridge.contract.Risk;
import io.infrabridge.trust.InvalidConfiguration;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PolicyTest {
    private static final Instant NOW = Instant.parse("2026-03-04T12:00:00Z");

    @ParameterizedTest
    @CsvSource({
        "reader,   READ,        true",
        "reader,   CHANGE,      false",
        "reader,   DESTRUCTIVE, false",
        "operator, READ,        true",
        "operator, CHANGE,      true",
        "operator, DESTRUCTIVE, false",
        "admin,    READ,        true",
        "admin,    CHANGE,      true",
        "admin,    DESTRUCTIVE, true",
        "nobody,   READ,        false"
    })
    void allowsEachRoleItsRisksAndNoMore(String role, Risk risk, boolean allowed) {
        assertThat(Policy.standard().decide(access(Set.of(role), risk, "app1")).allowed())
                .isEqualTo(allowed);
    }

    @Test
    void refusesWhoHasNoRoleAndSaysWhichWouldDo() {
        Decision decision = Policy.standard().decide(access(Set.of(), Risk.CHANGE, "app1"));

        assertThat(decision).isInstanceOfSatisfying(Decision.Refused.class, refused -> {
            assertThat(refused.rule()).isEqualTo("default-deny");
            assertThat(refused.hint()).contains("operator", "admin");
        });
    }

    @Test
    void limitsARoleToItsToolsAndTargets() {
        Policy policy = Policy.parse("""
                roles:
                  - {name: web, risks: [READ, CHANGE], tools: [server_manage], targets: [web-*]}
                """);

        assertThat(policy.decide(access(Set.of("web"), Risk.CHANGE, "web-1")).allowed())
                .isTrue();
        assertThat(policy.decide(access(Set.of("web"), Risk.CHANGE, "db-1")).allowed())
                .isFalse();
        assertThat(policy.decide(new Access(
                                "key:test", Set.of("web"), "nas_volume", "list", Risk.READ, "web-1", Map.of(), NOW))
                        .allowed())
                .isFalse();
    }

    @Test
    void refusesAFileWithAnUnknownKeyOrARoleTwice(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("policy.yaml");
        Files.writeString(file, "roles:\n  - name: reader\n    risk: [READ]\n");
        assertThatThrownBy(() -> Policy.read(file))
                .isInstanceOf(InvalidConfiguration.class)
                .hasMessageContaining("risk");

        Files.writeString(file, "roles:\n  - name: reader\n  - name: reader\n");
        assertThatThrownBy(() -> Policy.read(file))
                .hasMessageContaining("roles[1].name: there are two of the name reader");
    }

    @Test
    void asksForTheConsentThatTheFirstMatchingRuleSays() {
        Policy policy = Policy.parse("""
                roles:
                  - {name: operator, risks: [READ, CHANGE, DESTRUCTIVE]}
                  - {name: admin}
                approvals:
                  - {name: database, risks: [DESTRUCTIVE], targets: [db*], roles: [admin, operator], approvals: 2, expires: PT5M}
                  - {name: destructive, risks: [DESTRUCTIVE], roles: [admin], other_person: false}
                """);

        assertThat(policy.decide(access(Set.of("operator"), Risk.DESTRUCTIVE, "db1")))
                .isEqualTo(new Decision.Allowed(
                        "role:operator",
                        Optional.of(new ApprovalRequirement(
                                "approval:database", 2, Set.of("admin", "operator"), true, Duration.ofMinutes(5)))));
        assertThat(policy.decide(access(Set.of("operator"), Risk.DESTRUCTIVE, "web1")))
                .isEqualTo(new Decision.Allowed(
                        "role:operator",
                        Optional.of(new ApprovalRequirement(
                                "approval:destructive", 1, Set.of("admin"), false, Duration.ofHours(1)))));
        assertThat(policy.decide(access(Set.of("operator"), Risk.CHANGE, "db1")))
                .isEqualTo(new Decision.Allowed("role:operator", Optional.empty()));
    }

    @Test
    void readsTheShippedPolicy() {
        Decision decision = Policy.read(Path.of("../../config/policy.yaml"))
                .decide(access(Set.of("admin"), Risk.DESTRUCTIVE, "app1"));

        assertThat(decision)
                .isInstanceOfSatisfying(
                        Decision.Allowed.class,
                        allowed -> assertThat(allowed.approval())
                                .hasValueSatisfying(approval ->
                                        assertThat(approval.otherPerson()).isFalse()));
    }

    private static Access access(Set<String> roles, Risk risk, String target) {
        return new Access("key:test", roles, "server_manage", "package.install", risk, target, Map.of(), NOW);
    }
}
