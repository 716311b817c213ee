package io.infrabridge.trust.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.infrabridge.contract.Category;
import io.infrabridge.contract.PolicyVerdict;
import io.infrabridge.contract.Risk;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PolicyTest {
    private static final Policy SHIPPED = Policy.read(Path.of("../../config/policy.yaml"));

    @ParameterizedTest
    @CsvSource({
        "reader,   READ,        allowed by role:reader",
        "reader,   CHANGE,      refused by default-deny",
        "reader,   DESTRUCTIVE, refused by default-deny",
        "operator, READ,        allowed by role:operator",
        "operator, CHANGE,      allowed by role:operator",
        "operator, DESTRUCTIVE, refused by default-deny",
        "admin,    READ,        allowed by role:admin",
        "admin,    CHANGE,      allowed by role:admin",
        "admin,    DESTRUCTIVE, allowed by role:admin",
        "nobody,   READ,        refused by default-deny"
    })
    void allowsEachShippedRoleItsRisksAndNoMore(String role, Risk risk, String ruling) {
        assertThat(Asking.as(role).risk(risk).ruling(SHIPPED)).isEqualTo(ruling);
    }

    @Test
    void shipsWithOneConsentForWhatDestroysWhichMayBeTheCallersOwn() {
        assertThat(Asking.as("admin").risk(Risk.DESTRUCTIVE).of(SHIPPED))
                .isEqualTo(new Decision.Allowed(
                        "role:admin",
                        Optional.of(new ApprovalRequirement(
                                "approval:destructive", 1, Set.of("admin"), false, Duration.ofHours(1)))));
        assertThat(Asking.as("admin").risk(Risk.CHANGE).of(SHIPPED))
                .isEqualTo(new Decision.Allowed("role:admin", Optional.empty()));
    }

    @Test
    void shipsWithExamplesThatAreValidOnceTheirRolesExist() throws IOException {
        String shipped = Files.readString(Path.of("../../config/policy.yaml"));
        String uncommented = Pattern.compile("^#(?=[a-z]|  +[-a-z{])", Pattern.MULTILINE)
                .matcher(shipped.substring(shipped.indexOf("roles:")))
                .replaceAll("");
        Policy policy =
                Policy.parse(uncommented.replaceFirst("roles:\\n", "roles:\n  - {name: agent}\n  - {name: oncall}\n"));

        assertThat(policy.evaluate(
                                Asking.as("web-team")
                                        .target("web1", Map.of("team", "web"))
                                        .access(),
                                false)
                        .findings())
                .extracting(Finding::rule)
                .containsSubsequence(
                        "deny:no-format-in-production",
                        "deny:agents-never-reboot",
                        "role:web-team",
                        "freeze:year-end",
                        "window:database-nights",
                        "approval:destructive",
                        "limit:gentle-on-hosts",
                        "limit:reboots",
                        "quota:agent-changes");
    }

    @Test
    void refusesWhoHasNoRoleAndSaysWhichWouldDo() {
        assertThat(Asking.as("stranger", "guest").of(SHIPPED))
                .isEqualTo(new Decision.Refused(
                        "default-deny",
                        Category.FORBIDDEN,
                        "None of your roles [guest, stranger] allows server_manage package.install (CHANGE) on web1.",
                        "One of these roles would: operator, admin."));
    }

    @Test
    void saysWhenNoRoleAtAllWouldDo() {
        Policy policy = Policy.parse("roles: [{name: reader, risks: [READ]}]");

        assertThat(Asking.as("reader").of(policy))
                .isInstanceOfSatisfying(
                        Decision.Refused.class,
                        refused -> assertThat(refused.failure().hint())
                                .isEqualTo("No role of the policy allows it; ask an administrator."));
    }

    @Test
    void namesTheFirstRoleOfTheFileThatAllowsIt() {
        Policy policy = Policy.parse("""
                roles:
                  - {name: first, risks: [READ]}
                  - {name: second, risks: [CHANGE]}
                  - {name: third, risks: [CHANGE]}
                """);

        assertThat(Asking.as("first", "second", "third").ruling(policy)).isEqualTo("allowed by role:second");
        assertThat(Asking.as("third").ruling(policy)).isEqualTo("allowed by role:third");
        assertThat(policy.roles()).containsExactly("first", "second", "third");
    }

    @Test
    void limitsARoleToItsToolsActionsTargetsAndLabels() {
        Policy policy = Policy.parse("""
                roles:
                  - {name: web, risks: [CHANGE], tools: [server_manage], actions: [package.*, service.restart],
                     targets: [web*, cache], labels: {stage: staging, team: "*"}}
                """);
        Map<String, String> labels = Map.of("stage", "staging", "team", "shop");
        Asking asking = Asking.as("web").target("web1", labels);

        assertThat(asking.of(policy).allowed()).isTrue();
        assertThat(asking.target("cache", labels).of(policy).allowed()).isTrue();
        assertThat(asking.action("server_manage", "service.restart").of(policy).allowed())
                .isTrue();
        assertThat(asking.risk(Risk.READ).of(policy).allowed()).isFalse();
        assertThat(asking.action("nas_volume", "package.install").of(policy).allowed())
                .isFalse();
        assertThat(asking.action("server_manage", "service.restarted")
                        .of(policy)
                        .allowed())
                .isFalse();
        assertThat(asking.target("cache1", labels).of(policy).allowed()).isFalse();
        assertThat(asking.target("db1", labels).of(policy).allowed()).isFalse();
        assertThat(asking.target("web1").of(policy).allowed()).isFalse();
        assertThat(asking.target("web1", Map.of("stage", "staging")).of(policy).allowed())
                .isFalse();
        assertThat(asking.target("web1", Map.of("stage", "stagings", "team", "shop"))
                        .of(policy)
                        .allowed())
                .isFalse();
    }

    @Test
    void allowsARoleWhatAnyOfItsGrantsCovers() {
        Policy policy = Policy.parse("""
                roles:
                  - name: deployer
                    grants:
                      - {risks: [CHANGE], tools: [server_manage], targets: [web*]}
                      - {risks: [READ]}
                """);

        assertThat(Asking.as("deployer").of(policy).allowed()).isTrue();
        assertThat(Asking.as("deployer").target("db1").of(policy).allowed()).isFalse();
        assertThat(Asking.as("deployer")
                        .target("db1")
                        .risk(Risk.READ)
                        .of(policy)
                        .allowed())
                .isTrue();
    }

    @Test
    void aRoleWithoutGrantsAllowsNothing() {
        Policy policy = Policy.parse("roles: [{name: approver}]");

        for (Risk risk : Risk.values()) {
            assertThat(Asking.as("approver").risk(risk).ruling(policy)).isEqualTo("refused by default-deny");
        }
    }

    @Test
    void aDenialWinsOverEveryRole() {
        Policy policy = Policy.parse("""
                roles:
                  - {name: admin, risks: [READ, CHANGE]}
                deny:
                  - {name: nothing-else, targets: [db*]}
                  - {name: production, labels: {stage: prod}, risks: [CHANGE], reason: "it earns the money"}
                """);
        Asking production = Asking.as("admin").target("web1", Map.of("stage", "prod"));

        assertThat(production.of(policy))
                .isEqualTo(new Decision.Refused(
                        "deny:production",
                        Category.FORBIDDEN,
                        "The rule production forbids server_manage package.install on web1: it earns the money.",
                        "No role overrides a deny rule; ask an administrator."));
        assertThat(production.risk(Risk.READ).ruling(policy)).isEqualTo("allowed by role:admin");
        assertThat(Asking.as("admin").ruling(policy)).isEqualTo("allowed by role:admin");
        assertThat(Asking.as("admin").target("db1").of(policy))
                .isInstanceOfSatisfying(
                        Decision.Refused.class,
                        refused -> assertThat(refused.message())
                                .isEqualTo("The rule nothing-else forbids server_manage package.install on db1."));
        assertThat(Asking.as("nobody").target("db1").ruling(policy)).isEqualTo("refused by deny:nothing-else");
    }

    @Test
    void aDenialMayConcernSomeRolesOnly() {
        Policy policy = Policy.parse("""
                roles:
                  - {name: operator, risks: [CHANGE]}
                  - {name: agent}
                deny:
                  - {name: no-agents, roles: [agent], tools: [server_manage]}
                """);

        assertThat(Asking.as("operator").ruling(policy)).isEqualTo("allowed by role:operator");
        assertThat(Asking.as("operator", "agent").ruling(policy)).isEqualTo("refused by deny:no-agents");
    }

    @Test
    void asksForTheConsentThatTheFirstMatchingRuleSays() {
        Policy policy = Policy.parse("""
                roles:
                  - {name: operator, risks: [READ, CHANGE, DESTRUCTIVE]}
                  - {name: admin}
                approvals:
                  - {name: database, risks: [DESTRUCTIVE], targets: [db*], roles: [admin, operator], approvals: 2,
                     expires: PT5M}
                  - {name: production, labels: {stage: prod}, roles: [admin], other_person: false}
                """);
        Asking operator = Asking.as("operator");

        assertThat(approval(policy, operator.risk(Risk.DESTRUCTIVE).target("db1", Map.of("stage", "prod"))))
                .contains(new ApprovalRequirement(
                        "approval:database", 2, Set.of("admin", "operator"), true, Duration.ofMinutes(5)));
        ApprovalRequirement production =
                new ApprovalRequirement("approval:production", 1, Set.of("admin"), false, Duration.ofHours(1));
        assertThat(approval(policy, operator.target("db1", Map.of("stage", "prod"))))
                .contains(production);
        assertThat(approval(policy, operator.risk(Risk.DESTRUCTIVE).target("web1", Map.of("stage", "prod"))))
                .contains(production);
        assertThat(approval(policy, operator.risk(Risk.READ).target("db1", Map.of("stage", "prod"))))
                .isEmpty();
        assertThat(approval(policy, operator.target("db1"))).isEmpty();
    }

    @Test
    void decidesInTheOrderDenialRoleFreezeWindow() {
        String deny = "deny: [{name: d, targets: [a]}]\n";
        String freeze = "freezes: [{name: f, targets: [a, b], from: 2026-01-01T00:00:00Z, to: 2027-01-01T00:00:00Z}]\n";
        String window =
                "windows: [{name: w, targets: [a, b, c], days: [MON], from: \"01:00\", to: \"02:00\", zone: UTC}]\n";
        Policy policy = Policy.parse("roles: [{name: op, risks: [CHANGE]}]\n" + window + freeze + deny);

        assertThat(Asking.as("op").target("a").ruling(policy)).isEqualTo("refused by deny:d");
        assertThat(Asking.as("no").target("b").ruling(policy)).isEqualTo("refused by default-deny");
        assertThat(Asking.as("op").target("b").ruling(policy)).isEqualTo("refused by freeze:f");
        assertThat(Asking.as("op").target("c").ruling(policy)).isEqualTo("refused by window:w");
        assertThat(Asking.as("op").target("d").ruling(policy)).isEqualTo("allowed by role:op");
    }

    @Test
    void aDryRunNeedsThePermissionAloneAndTellsWhatTheRealRunWouldMeet() {
        Policy policy = Policy.parse("""
                roles:
                  - {name: op, risks: [CHANGE]}
                freezes: [{name: f, targets: [frozen], from: 2026-01-01T00:00:00Z, to: 2027-01-01T00:00:00Z}]
                approvals: [{name: all, roles: [op]}]
                """);

        Evaluation frozen = policy.evaluate(Asking.as("op").target("frozen").access(), true);
        assertThat(frozen.decision()).isEqualTo(new Decision.Allowed("role:op", Optional.empty()));
        assertThat(frozen.wouldBeRefusedBy()).contains("freeze:f");
        assertThat(frozen.approval()).isEmpty();

        Evaluation free = policy.evaluate(Asking.as("op").access(), true);
        assertThat(free.decision()).isEqualTo(new Decision.Allowed("role:op", Optional.empty()));
        assertThat(free.wouldBeRefusedBy()).isEmpty();
        assertThat(free.approval()).map(ApprovalRequirement::rule).contains("approval:all");

        assertThat(frozen.verdict())
                .isEqualTo(new PolicyVerdict(
                        "role:op", policy.version(), Optional.empty(), Optional.of("freeze:f"), Optional.empty()));
        assertThat(free.verdict())
                .isEqualTo(new PolicyVerdict(
                        "role:op", policy.version(), Optional.of("approval:all"), Optional.empty(), Optional.empty()));

        Evaluation forbidden = policy.evaluate(Asking.as("no").access(), true);
        assertThat(forbidden.decision().rule()).isEqualTo("default-deny");
        assertThat(forbidden.wouldBeRefusedBy()).isEmpty();
    }

    @Test
    void saysOfEveryRuleWhatItMeans() {
        Policy policy = Policy.parse("""
                roles:
                  - {name: op, risks: [CHANGE]}
                  - {name: narrow, risks: [CHANGE], targets: [db1]}
                  - {name: admin, risks: [CHANGE]}
                deny: [{name: d, targets: [db*]}]
                freezes: [{name: f, from: 2026-01-01T00:00:00Z, to: 2026-02-01T00:00:00Z}]
                windows: [{name: w, targets: [db*], from: "01:00", to: "02:00", zone: UTC}]
                approvals:
                  - {name: a, targets: [db*], roles: [op]}
                  - {name: b, roles: [op, admin], approvals: 2}
                  - {name: c, roles: [op]}
                limits:
                  - {name: l, per: target, operations: 5, period: PT1M}
                  - {name: m, per: domain, operations: 6, period: PT1H, targets: [db*]}
                quotas: [{name: q, per: caller, operations: 7}]
                """);

        Evaluation evaluation = policy.evaluate(Asking.as("op", "narrow").access(), false);

        assertThat(evaluation.version()).isEqualTo(policy.version());
        assertThat(evaluation.findings())
                .containsExactly(
                        Finding.notAbout("deny:d"),
                        Finding.of("role:op", Finding.Effect.ALLOWS, "One of its grants covers it."),
                        Finding.of("role:narrow", Finding.Effect.NO_MATCH, "None of its grants covers it."),
                        Finding.of("role:admin", Finding.Effect.NO_MATCH, "The caller does not have this role."),
                        Finding.of(
                                "freeze:f",
                                Finding.Effect.PASSES,
                                "It is in force from 2026-01-01T00:00:00Z until 2026-02-01T00:00:00Z."),
                        Finding.notAbout("window:w"),
                        Finding.notAbout("approval:a"),
                        Finding.of(
                                "approval:b",
                                Finding.Effect.ASKS,
                                "2 of the roles [admin, op] must approve within PT1H."),
                        Finding.notAbout("approval:c"),
                        Finding.of("limit:l", Finding.Effect.COUNTS, "At most 5 operations."),
                        Finding.notAbout("limit:m"),
                        Finding.of("quota:q", Finding.Effect.COUNTS, "At most 7 operations."));
    }

    @Test
    void findsOutWhatIsWorthShowing() {
        Policy policy = Policy.parse("""
                roles:
                  - {name: web, risks: [CHANGE], tools: [server_manage], targets: [web*]}
                  - {name: agent}
                deny:
                  - {name: all, roles: [agent], actions: [system.*]}
                  - {name: some, actions: [package.*], targets: [web*]}
                  - {name: staged, actions: [package.*], labels: {stage: prod}}
                """);

        assertThat(policy.offers(Set.of("web"), "server_manage", "system.reboot", Risk.CHANGE))
                .isTrue();
        assertThat(policy.offers(Set.of("web"), "server_manage", "package.install", Risk.CHANGE))
                .isTrue();
        assertThat(policy.offers(Set.of("web"), "server_manage", "package.install", Risk.READ))
                .isFalse();
        assertThat(policy.offers(Set.of("web"), "nas_volume", "package.install", Risk.CHANGE))
                .isFalse();
        assertThat(policy.offers(Set.of("other"), "server_manage", "system.reboot", Risk.CHANGE))
                .isFalse();
        assertThat(policy.offers(Set.of("web", "agent"), "server_manage", "system.reboot", Risk.CHANGE))
                .isFalse();
        assertThat(policy.offers(Set.of("web", "agent"), "server_manage", "service.start", Risk.CHANGE))
                .isTrue();
    }

    @Test
    void hasAVersionThatIsTheSameForTheSameFileAlone() {
        String yaml = "roles: [{name: reader, risks: [READ]}]";

        assertThat(Policy.parse(yaml).version())
                .isEqualTo(Policy.parse(yaml).version())
                .matches("[0-9a-f]{12}")
                .isNotEqualTo(Policy.parse(yaml + "\n").version());
    }

    @Test
    void countsNothingThatNoRuleCounts() {
        assertThat(SHIPPED.evaluate(Asking.as("admin").access(), false).allowances())
                .isEqualTo(List.of());
    }

    private static Optional<ApprovalRequirement> approval(Policy policy, Asking asking) {
        return policy.evaluate(asking.access(), false).approval();
    }
}
