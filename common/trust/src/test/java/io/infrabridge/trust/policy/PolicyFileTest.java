package io.infrabridge.trust.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.infrabridge.trust.InvalidConfiguration;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is wrong with a policy file, and where. */
class PolicyFileTest {
    private static final String ROLES = "roles: [{name: admin, risks: [READ]}]\n";

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "roles: {}                                         | roles: must be a list",
                "roles: [reader]                                   | roles[0]: must be a mapping of properties to values",
                "roles: [{risks: [READ]}]                          | roles[0].name: is missing",
                "roles: [{name: [a]}]                              | roles[0].name: must be a text",
                "roles: [{name: Reader}]                           | roles[0].name: must be lower case letters, digits, - and _, such as month-end: Reader",
                "roles: [{name: 1st}]                              | roles[0].name: must be lower case letters, digits, - and _, such as month-end: 1st",
                "roles: [{name: a}, {name: a}]                     | roles[1].name: there are two of the name a",
                "roles: [{name: a, risk: [READ]}]                  | roles[0].risk: there is no such property; known are actions, grants, labels, name, risks, targets, tools",
                "roles: [{name: a, risks: [WRITE]}]                | roles[0].risks[0]: must be one of [READ, CHANGE, DESTRUCTIVE]: WRITE",
                "roles: [{name: a, risks: [READ, true]}]           | roles[0].risks[1]: must be a text",
                "roles: [{name: a, risks: READ}]                   | roles[0].risks: must be a list that is not empty; leave it out where it does not matter",
                "roles: [{name: a, risks: []}]                     | roles[0].risks: must be a list that is not empty; leave it out where it does not matter",
                "roles: [{name: a, tools: [x]}]                    | roles[0].risks: is missing",
                "roles: [{name: a, risks: [READ], tools: ['']}]    | roles[0].tools[0]: must be a name, or the beginning of one with a * at its end: \"\"",
                "roles: [{name: a, risks: [READ], targets: [w*b]}] | roles[0].targets[0]: must be a name, or the beginning of one with a * at its end: \"w*b\"",
                "roles: [{name: a, risks: [READ], actions: ['x y']}] | roles[0].actions[0]: must be a name, or the beginning of one with a * at its end: \"x y\"",
                "roles: [{name: a, grants: [{targets: [x]}]}]      | roles[0].grants[0].risks: is missing",
                "roles: [{name: a, grants: [{risks: [READ], x: 1}]}] | roles[0].grants[0].x: there is no such property; known are actions, labels, risks, targets, tools",
                "roles: [{name: a, grants: [], tools: [x]}]        | roles[0].tools: there is no such property; known are grants, name",
                "roles: [{name: a, risks: [READ], labels: [x]}]    | roles[0].labels: must be a mapping of label names to patterns, such as {stage: prod}",
                "roles: [{name: a, risks: [READ], labels: {}}]     | roles[0].labels: must be a mapping of label names to patterns, such as {stage: prod}",
                "roles: [{name: a, risks: [READ], labels: {s: ''}}] | roles[0].labels.s: must be a name, or the beginning of one with a * at its end: \"\"",
                "roles: [{name: a, risks: [READ], labels: {s: []}}] | roles[0].labels.s: must be a text",
                "policies: []                                      | roles: is missing",
                "[]                                                | the file: must be a mapping of properties to values",
                "#                                                 | the file: must be a mapping of properties to values",
                "roles: [                                          | line 1: ",
                "{roles: [], roles: []}                            | line 1: Duplicate field 'roles'",
            })
    void refusesWhatIsNoListOfRoles(String yaml, String message) {
        assertThatThrownBy(() -> Policy.parse(yaml))
                .isInstanceOf(InvalidConfiguration.class)
                .message()
                .startsWith(message.strip());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "denies: []                                  | denies: there is no such property; known are approvals, deny, freezes, limits, quotas, roles, windows",
                "deny: [{name: d, roles: [root]}]            | deny[0].roles[0]: there is no role root",
                "deny: [{name: d}, {name: d}]                | deny[1].name: there are two of the name d",
                "deny: [{name: d, reason: {}}]               | deny[0].reason: must be a text",
                "freezes: [{name: f, to: 2026-01-01T00:00:00Z}] | freezes[0].from: is missing",
                "freezes: [{name: f, from: 2026-01-01T00:00:00Z}] | freezes[0].to: is missing",
                "freezes: [{name: f, from: tomorrow, to: x}] | freezes[0].from: must be an instant of ISO-8601, such as 2026-12-24T00:00:00Z: tomorrow",
                "freezes: [{name: f, from: 2026-01-01T00:00:00Z, to: 2026-01-01T00:00:00Z}] | freezes[0].to: must be after from",
                "freezes: [{name: f, from: 2026-01-02T00:00:00Z, to: 2026-01-01T00:00:00Z}] | freezes[0].to: must be after from",
                "freezes: [{name: f, from: 2026-01-01T00:00:00Z, to: 2027-01-01T00:00:00Z, except_roles: [x]}] | freezes[0].except_roles[0]: there is no role x",
                "windows: [{name: w, to: '02:00', zone: UTC}] | windows[0].from: is missing",
                "windows: [{name: w, from: '01:00', zone: UTC}] | windows[0].to: is missing",
                "windows: [{name: w, from: '01:00', to: '02:00'}] | windows[0].zone: is missing",
                "windows: [{name: w, from: '24:00', to: '02:00', zone: UTC}] | windows[0].from: must be a time in quotes, such as \"22:00\": 24:00",
                "windows: [{name: w, from: 1320, to: '02:00', zone: UTC}] | windows[0].from: must be a time in quotes, such as \"22:00\": 1320",
                "windows: [{name: w, from: '01:00', to: '02:00', zone: Mars/Base}] | windows[0].zone: must be a time zone, such as Europe/Berlin or UTC: Mars/Base",
                "windows: [{name: w, from: '01:00', to: '02:00', zone: UTC, days: [Sat]}] | windows[0].days[0]: must be one of FRI, MON, SAT, SUN, THU, TUE, WED: Sat",
                "windows: [{name: w, from: '01:00', to: '02:00', zone: UTC, risks: [READ]}] | windows[0].risks[0]: must be one of [CHANGE, DESTRUCTIVE]: READ",
                "approvals: [{name: a}]                      | approvals[0].roles: is missing",
                "approvals: [{name: a, roles: [boss]}]       | approvals[0].roles[0]: there is no role boss",
                "approvals: [{name: a, roles: [admin], risks: [READ]}] | approvals[0].risks[0]: must be one of [CHANGE, DESTRUCTIVE]: READ",
                "approvals: [{name: a, roles: [admin], approvals: 0}] | approvals[0].approvals: must be a whole number from 1 to 10",
                "approvals: [{name: a, roles: [admin], approvals: 11}] | approvals[0].approvals: must be a whole number from 1 to 10",
                "approvals: [{name: a, roles: [admin], approvals: 1.5}] | approvals[0].approvals: must be a whole number from 1 to 10",
                "approvals: [{name: a, roles: [admin], other_person: perhaps}] | approvals[0].other_person: must be true or false",
                "approvals: [{name: a, roles: [admin], expires: 1h}] | approvals[0].expires: must be an ISO-8601 duration from PT1S to PT168H, such as PT1H: 1h",
                "approvals: [{name: a, roles: [admin], expires: PT0.999S}] | approvals[0].expires: must be an ISO-8601 duration from PT1S to PT168H, such as PT1H: PT0.999S",
                "approvals: [{name: a, roles: [admin], expires: PT168H0.001S}] | approvals[0].expires: must be an ISO-8601 duration from PT1S to PT168H, such as PT1H: PT168H0.001S",
                "limits: [{name: l, operations: 1, period: PT1M}] | limits[0].per: is missing",
                "limits: [{name: l, per: caller, operations: 1, period: PT1M}] | limits[0].per: must be one of domain, target: caller",
                "limits: [{name: l, per: target, period: PT1M}] | limits[0].operations: is missing",
                "limits: [{name: l, per: target, operations: 0, period: PT1M}] | limits[0].operations: must be a whole number from 1 to 1000000",
                "limits: [{name: l, per: target, operations: 1}] | limits[0].period: is missing",
                "limits: [{name: l, per: target, operations: 1, period: P2D}] | limits[0].period: must be an ISO-8601 duration from PT1S to PT24H, such as PT1H: P2D",
                "quotas: [{name: q, operations: 1}]          | quotas[0].per: is missing",
                "quotas: [{name: q, per: role, operations: 1}] | quotas[0].roles: is missing",
                "quotas: [{name: q, per: caller, operations: 1, zone: X}] | quotas[0].zone: must be a time zone, such as Europe/Berlin or UTC: X",
                "quotas: [{name: q, per: caller, operations: 1, roles: [x]}] | quotas[0].roles[0]: there is no role x",
                "quotas: [{name: q, per: caller, operations: 1}, {name: q, per: caller, operations: 1}] | quotas[1].name: there are two of the name quota:q",
            })
    void refusesARuleThatMakesNoSense(String yaml, String message) {
        assertThatThrownBy(() -> Policy.parse(ROLES + yaml))
                .isInstanceOf(InvalidConfiguration.class)
                .hasMessage(message.strip());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "approvals: [{name: a, roles: [admin], approvals: 10, expires: PT1S}]",
                "approvals: [{name: a, roles: [admin], expires: PT168H, other_person: true}]",
                "limits: [{name: l, per: target, operations: 1, period: PT1S}, {name: m, per: domain, operations: 1000000, period: P1D}]",
                "limits: [{name: x, per: target, operations: 1, period: PT1S}]\nquotas: [{name: x, per: caller, operations: 1}]",
                "deny: [{name: d, tools: [\"*\"], targets: [db1, \"10.0.0.*\"], actions: [a.b], labels: {rack: \"7\"}}]",
                "deny: [{name: d, labels: {rack: 7}}]",
            })
    void takesWhatIsAtTheEdgeOfSense(String yaml) {
        assertThat(Policy.parse(ROLES + yaml).roles()).containsExactly("admin");
    }

    @Test
    void namesTheFileToo(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("policy.yaml");
        assertThatThrownBy(() -> Policy.read(file))
                .isInstanceOf(InvalidConfiguration.class)
                .hasMessage(file + " does not exist");
        Files.writeString(file, "roles: {}");
        assertThatThrownBy(() -> Policy.read(file))
                .isInstanceOf(InvalidConfiguration.class)
                .hasMessage(file + ": roles: must be a list");
        Files.write(file, "roles: [é]".getBytes(StandardCharsets.ISO_8859_1));
        assertThatThrownBy(() -> Policy.read(file)).hasMessageStartingWith(file + " cannot be read");
        Files.writeString(file, ROLES + "---\ndeny: []\n");
        assertThatThrownBy(() -> Policy.read(file)).hasMessageStartingWith(file + ": line");
        Files.writeString(file, ROLES);
        assertThat(Policy.read(file).version()).isEqualTo(Policy.parse(ROLES).version());
    }
}
