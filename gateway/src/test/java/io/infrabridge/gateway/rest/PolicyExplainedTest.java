package io.infrabridge.gateway.rest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.infrabridge.contract.Json;
import io.infrabridge.gateway.fixture.Caller.Answer;
import io.infrabridge.gateway.fixture.GatewayFiles;
import io.infrabridge.gateway.fixture.McpClient;
import io.infrabridge.gateway.fixture.World;
import io.infrabridge.testkit.BrokerResource;
import io.infrabridge.trust.policy.Policy;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@QuarkusTest
@QuarkusTestResource(BrokerResource.class)
@QuarkusTestResource(GatewayFiles.class)
class PolicyExplainedTest {
    private static final String EXPLAIN = "/api/v1/policy/explain?";
    private static final String POLICY = GatewayFiles.POLICY + """
            deny:
              - {name: no-drain, roles: [operator], actions: ["docker_swarm.*"]}
            freezes:
              - {name: year-end, from: 2030-12-24T00:00:00Z, to: 2031-01-02T00:00:00Z, labels: {rack: a}}
            approvals:
              - {name: destructive, risks: [DESTRUCTIVE], roles: [admin], approvals: 2}
            quotas:
              - {name: mounts, per: caller, tools: [nfs_mount], risks: [CHANGE], operations: 3}
            """;

    @TestHTTPResource("/")
    URL url;

    @TestHTTPResource("/mcp")
    URL mcp;

    private World world;

    @BeforeEach
    void settle() throws Exception {
        world = new World(url);
        world.settle();
        inForce(POLICY);
    }

    @AfterEach
    void close() throws Exception {
        inForce(GatewayFiles.POLICY);
        world.close();
    }

    @Test
    void saysWhichRuleDecidesAndWhatEveryRuleSays() throws Exception {
        JsonNode answer = world.operator
                .get(EXPLAIN + "tool=nfs_mount&action=mount&target=10.0.0.11")
                .json();

        assertThat(answer.path("allowed").asBoolean()).isTrue();
        assertThat(answer.path("rule").asText()).isEqualTo("role:operator");
        assertThat(answer.path("policy_version").asText())
                .isEqualTo(Policy.parse(POLICY).version());
        assertThat(answer.at("/asked/target").asText()).isEqualTo("app-server-01");
        assertThat(answer.at("/asked/labels/rack").asText()).isEqualTo("a");
        assertThat(answer.path("trace").findValuesAsText("rule"))
                .containsExactly(
                        "deny:no-drain",
                        "role:reader",
                        "role:operator",
                        "role:admin",
                        "freeze:year-end",
                        "approval:destructive",
                        "quota:mounts");
        assertThat(answer.path("trace").findValuesAsText("effect"))
                .containsExactly("NO_MATCH", "NO_MATCH", "ALLOWS", "NO_MATCH", "PASSES", "NO_MATCH", "COUNTS");
    }

    @Test
    void saysWhyNotAndWhatWouldHelp() throws Exception {
        JsonNode answer = world.reader
                .get(EXPLAIN + "tool=nfs_mount&action=mount&target=app-server-01")
                .json();

        assertThat(answer.path("allowed").asBoolean()).isFalse();
        assertThat(answer.path("rule").asText()).isEqualTo("default-deny");
        assertThat(answer.path("message").asText()).contains("nfs_mount mount (CHANGE) on app-server-01");
        assertThat(answer.path("hint").asText()).contains("operator, admin");
    }

    @Test
    void tellsAnAdministratorWhatOthersMayDoAtOtherTimes() throws Exception {
        String question = "tool=nfs_mount&action=mount&target=app-server-01&at=2030-12-24T00:00:00Z";

        JsonNode frozen = world.admin
                .get(EXPLAIN + question + "&roles=reader,operator&caller=key:bob")
                .json();
        assertThat(frozen.path("rule").asText()).isEqualTo("freeze:year-end");
        assertThat(frozen.at("/asked/caller").asText()).isEqualTo("key:bob");
        assertThat(frozen.at("/asked/roles")).isEqualTo(Json.tree(List.of("operator", "reader")));

        JsonNode rehearsed =
                world.admin.get(EXPLAIN + question + "&dry_run=true").json();
        assertThat(rehearsed.path("rule").asText()).isEqualTo("role:admin");
        assertThat(rehearsed.path("would_be_refused_by").asText()).isEqualTo("freeze:year-end");

        JsonNode drain = world.admin
                .get(EXPLAIN + "tool=cluster_manage&action=docker_swarm.drain&target=swarm")
                .json();
        assertThat(drain.at("/approval/rule").asText()).isEqualTo("approval:destructive");
        assertThat(drain.at("/approval/approvals").asInt()).isEqualTo(2);
        assertThat(drain.at("/approval/other_person").asBoolean()).isTrue();
        assertThat(drain.at("/approval/expires").asText()).isEqualTo("PT1H");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "action=mount                                  | 400 | MISSING_PROPERTY | tool",
                "tool=nfs_mount                                | 400 | MISSING_PROPERTY | action",
                "tool=nfs_moun&action=mount                    | 404 | UNKNOWN_TOOL     | nfs_mount",
                "tool=nfs_mount&action=mont                    | 400 | UNKNOWN_ACTION   | mount, list",
                "tool=nfs_mount&action=mount&target=nowhere    | 404 | UNKNOWN_TARGET   | app-server-01",
                "tool=cluster_manage&action=kubernetes.info    | 400 | AMBIGUOUS_TARGET | blue",
                "tool=nfs_mount&action=mount&roles=admin       | 403 | FORBIDDEN        | yourself",
                "tool=nfs_mount&action=mount&caller=key:bob    | 403 | FORBIDDEN        | yourself",
                "tool=nfs_mount&action=mount&at=2030-12-24T00:00:00Z | 403 | FORBIDDEN  | yourself",
            })
    void saysWhatIsWrongWithAQuestion(String question, int status, String category, String hint) throws Exception {
        Answer answer = world.operator.get(EXPLAIN + question);

        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.text("/category")).isEqualTo(category);
        assertThat(answer.text("/hint")).contains(hint);
    }

    @Test
    void refusesATimeThatIsNone() throws Exception {
        Answer answer = world.admin.get(EXPLAIN + "tool=nfs_mount&action=mount&at=tomorrow");

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.text("/category")).isEqualTo("INVALID_REQUEST");
    }

    @Test
    void listsTheToolsAndActionsOfTheCallerAlone() throws Exception {
        assertThat(actions(world.reader)).containsExactlyInAnyOrder("list", "kubernetes.info", "docker_swarm.info");
        assertThat(actions(world.operator)).containsExactlyInAnyOrder("list", "mount", "kubernetes.info");
        assertThat(actions(world.admin))
                .containsExactlyInAnyOrder(
                        "list", "mount", "kubernetes.info", "docker_swarm.info", "docker_swarm.drain");

        inForce("roles: [{name: reader, risks: [READ], tools: [nfs_mount]}, {name: operator}, {name: admin}]");

        assertThat(actions(world.reader)).containsExactly("list");
        assertThat(names(McpClient.connect(mcp.toURI(), "reader").tools()))
                .contains("nfs_mount", "operation_status")
                .doesNotContain("cluster_manage");
        JsonNode refused = McpClient.connect(mcp.toURI(), "reader")
                .call("cluster_manage", "{\"cluster_type\":\"docker_swarm\",\"action\":\"info\"}");
        assertThat(refused.path("isError").asBoolean()).isTrue();
        assertThat(refused.toString()).contains("FORBIDDEN");
    }

    @Test
    void keepsTheOldPolicyWhereTheNewFileIsInvalidAndCountsIt() throws Exception {
        double before = failures();
        write("roles: [{name: reader, risks: [EVERYTHING]}]");

        World.until("the failure is counted", () -> {
            world.reader.get(EXPLAIN + "tool=nfs_mount&action=list");
            return failures() == before + 1;
        });
        assertThat(world.operator.get(EXPLAIN + "tool=nfs_mount&action=mount").text("/policy_version"))
                .isEqualTo(Policy.parse(POLICY).version());
    }

    private double failures() throws Exception {
        return world.stranger
                .get("/q/metrics")
                .response()
                .body()
                .lines()
                .filter(line -> line.startsWith("infrabridge_configuration_reload_failures_total{file=\"policy.yaml\""))
                // an example may follow the value
                .mapToDouble(line -> Double.parseDouble(
                        line.substring(line.indexOf("} ") + 2).split(" ", 2)[0]))
                .sum();
    }

    private static List<String> actions(io.infrabridge.gateway.fixture.Caller caller) throws Exception {
        List<String> actions = new ArrayList<>();
        caller.get("/api/v1/tools")
                .json()
                .path("tools")
                .forEach(tool -> tool.path("actions")
                        .forEach(action -> actions.add(action.path("action").asText())));
        return actions;
    }

    private static List<String> names(JsonNode tools) {
        return tools.findValuesAsText("name");
    }

    private void inForce(String policy) throws Exception {
        write(policy);
        String version = Policy.parse(policy).version();
        World.until(
                "the policy is in force",
                () -> world.admin
                        .get(EXPLAIN + "tool=nfs_mount&action=list")
                        .text("/policy_version")
                        .equals(version));
    }

    private void write(String policy) throws Exception {
        Path next = Files.writeString(world.file("policy.next"), policy);
        Files.move(next, world.file("policy.yaml"), StandardCopyOption.ATOMIC_MOVE);
    }
}
