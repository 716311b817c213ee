package io.infrabridge.trust.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.infrabridge.contract.Risk;
import io.infrabridge.trust.InvalidConfiguration;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PolicyTest {
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
        Policy policy = new Policy(
                List.of(new Role("web", Set.of(Risk.READ, Risk.CHANGE), List.of("server_manage"), List.of("web-*"))));

        assertThat(policy.decide(access(Set.of("web"), Risk.CHANGE, "web-1")).allowed())
                .isTrue();
        assertThat(policy.decide(access(Set.of("web"), Risk.CHANGE, "db-1")).allowed())
                .isFalse();
        assertThat(policy.decide(new Access(Set.of("web"), "nas_volume", "list", Risk.READ, "web-1"))
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
        assertThatThrownBy(() -> Policy.read(file)).hasMessageContaining("two roles");
    }

    private static Access access(Set<String> roles, Risk risk, String target) {
        return new Access(roles, "server_manage", "package.install", risk, target);
    }
}
