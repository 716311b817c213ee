package io.infrabridge.gateway.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.infrabridge.contract.Command;
import io.infrabridge.contract.Json;
import io.infrabridge.contract.OperationDescriptor;
import io.infrabridge.contract.Risk;
import io.infrabridge.contract.Selector;
import io.infrabridge.contract.State;
import io.infrabridge.contract.TargetKind;
import io.infrabridge.gateway.fixture.Descriptors;
import io.infrabridge.gateway.fixture.FakeAudit;
import io.infrabridge.gateway.fixture.GatewayFiles;
import io.infrabridge.gateway.fixture.McpClient;
import io.infrabridge.gateway.fixture.World;
import io.infrabridge.testkit.BrokerResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.URL;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(BrokerResource.class)
@QuarkusTestResource(GatewayFiles.class)
class McpToolsTest {
    private static final String MOUNT = """
            {"action":"mount","source":"nas.example.com:/export/data","target":"/mnt/nfs/data","version":"4.1",
             "options":["rw","async","noatime"]}
            """;

    @TestHTTPResource("/mcp")
    URL everything;

    @TestHTTPResource("/mcp/read-only")
    URL readOnly;

    @TestHTTPResource("/")
    URL root;

    private World world;

    @BeforeEach
    void settle() throws Exception {
        world = new World(root);
        world.settle();
    }

    @AfterEach
    void close() throws Exception {
        world.close();
    }

    @Test
    void offersOneFlatToolForAllActionsBesideTheFixedOnes() throws Exception {
        JsonNode tools = agent("operator").tools();

        assertThat(names(tools))
                .contains(
                        "nfs_mount",
                        "cluster_manage",
                        "operation_status",
                        "operation_cancel",
                        "operation_approve",
                        "audit_search",
                        "list_hosts");
        JsonNode schema = tool(tools, "nfs_mount").path("inputSchema");
        assertThat(schema.has("oneOf") || schema.has("anyOf") || schema.has("allOf"))
                .isFalse();
        assertThat(schema.at("/properties/action/enum").toString()).isEqualTo("[\"mount\",\"list\"]");
        assertThat(schema.at("/required").toString()).isEqualTo("[\"action\"]");
        assertThat(schema.at("/properties/dry_run/type").asText()).isEqualTo("boolean");
        assertThat(tool(tools, "nfs_mount").at("/annotations/readOnlyHint").asBoolean())
                .isFalse();
        assertThat(tool(tools, "nfs_mount")
                        .at("/outputSchema/properties/state/type")
                        .asText())
                .isEqualTo("string");
    }

    @Test
    void offersOnlyReadingActionsAtTheReadOnlyEndpoint() throws Exception {
        JsonNode tools = McpClient.connect(readOnly.toURI(), "operator").tools();

        assertThat(names(tools)).contains("nfs_mount", "operation_status").doesNotContain("operation_cancel");
        assertThat(tool(tools, "nfs_mount")
                        .at("/inputSchema/properties/action/enum")
                        .toString())
                .isEqualTo("[\"list\"]");
        assertThat(tool(tools, "nfs_mount").at("/annotations/readOnlyHint").asBoolean())
                .isTrue();
    }

    @Test
    void answersACallWithTheOperationAndAFewWords() throws Exception {
        JsonNode result = agent("operator").call("nfs_mount", MOUNT);

        assertThat(result.at("/isError").asBoolean()).isFalse();
        assertThat(result.at("/structuredContent/state").asText()).isEqualTo("SUCCEEDED");
        assertThat(result.at("/structuredContent/target").asText()).isEqualTo("localhost");
        assertThat(result.at("/structuredContent/dry_run").asBoolean()).isFalse();
        assertThat(result.at("/content/0/text").asText()).contains("SUCCEEDED", "nfs_mount mount", "localhost");
    }

    @Test
    void takesDryRunAndReasonOutOfTheArguments() throws Exception {
        JsonNode result = agent("operator")
                .call("nfs_mount", MOUNT.replace("\"action\"", "\"dry_run\":true,\"reason\":\"to see\",\"action\""));

        Command command = Json.read(world.nfs.nextCommand().value(), Command.class);
        assertThat(command.dryRun()).isTrue();
        assertThat(command.reason()).contains("to see");
        assertThat(command.arguments().has("dry_run")).isFalse();
        assertThat(result.at("/structuredContent/dry_run").asBoolean()).isTrue();
    }

    @Test
    void refusesADryRunThatIsNoBooleanInsteadOfRunningIt() throws Exception {
        JsonNode result =
                agent("operator").call("nfs_mount", MOUNT.replace("\"action\"", "\"dry_run\":\"yes\",\"action\""));

        assertThat(result.at("/isError").asBoolean()).isTrue();
        assertThat(result.at("/structuredContent/error/category").asText()).isEqualTo("UNKNOWN_PROPERTY");
    }

    @Test
    void saysWhatIsWrongSoThatAnAgentCanPutItRight() throws Exception {
        JsonNode result = agent("operator").call("nfs_mount", MOUNT.replace("\"4.1\"", "\"5\""));

        assertThat(result.at("/isError").asBoolean()).isTrue();
        assertThat(result.at("/structuredContent/state").asText()).isEqualTo("REJECTED");
        assertThat(result.at("/content/0/text").asText())
                .contains("INVALID_ARGUMENT", "/version", "one of 3, 4, 4.1, 4.2");
    }

    @Test
    void marksAFailedOperationAsAnError() throws Exception {
        world.nfs.behave(command -> world.nfs.publish(world.nfs.ended(command, State.FAILED)));

        JsonNode result = agent("operator").call("nfs_mount", MOUNT);

        assertThat(result.at("/isError").asBoolean()).isTrue();
        assertThat(result.at("/content/0/text").asText())
                .contains("COMMAND_FAILED", "mount.nfs said no", "Look at it.");
    }

    @Test
    void refusesAChangeAtTheReadOnlyEndpointWhereverTheSessionWasOpened() throws Exception {
        McpClient agent = agent("operator");
        McpClient reader = McpClient.connect(readOnly.toURI(), "operator");

        for (McpClient client : List.of(agent.at(readOnly.toURI()), reader, reader.at(everything.toURI()))) {
            JsonNode result = client.call("nfs_mount", MOUNT);
            assertThat(result.at("/isError").asBoolean(true)).isTrue();
            assertThat(result.at("/structuredContent/error/category").asText()).isEqualTo("FORBIDDEN");
        }
        assertThat(world.nfs.commandsSeen()).isZero();
    }

    @Test
    void refusesWhatTheRolesOfTheCallerDoNotAllow() throws Exception {
        JsonNode result = agent("reader").call("nfs_mount", MOUNT);

        assertThat(result.at("/structuredContent/error/category").asText()).isEqualTo("FORBIDDEN");
    }

    @Test
    void returnsTheRunningOperationWhenTheWaitIsOverAndItsEndByStatus() throws Exception {
        world.nfs.behave(command -> {});
        McpClient agent = agent("operator");
        ObjectNode meta = Json.object().put("io.infrabridge/wait_seconds", 0);

        List<JsonNode> messages = agent.callAndListen("nfs_mount", MOUNT, meta);
        JsonNode result = messages.get(messages.size() - 1).path("result");

        assertThat(result.at("/isError").asBoolean()).isFalse();
        assertThat(result.at("/content/0/text").asText()).contains("operation_status");
        world.nfs.succeed(Json.read(world.nfs.nextCommand().value(), Command.class));
        String id = result.at("/structuredContent/id").asText();
        JsonNode status = agent.call("operation_status", "{\"id\":\"" + id + "\",\"wait_seconds\":20}");
        assertThat(status.at("/structuredContent/state").asText()).isEqualTo("SUCCEEDED");
    }

    @Test
    void tellsTheProgressToACallerWhoAskedForIt() throws Exception {
        AtomicReference<Command> running = new AtomicReference<>();
        world.nfs.behave(command -> {
            running.set(command);
            world.nfs.progress(command, 1, 2);
        });

        List<JsonNode> messages = agent("operator")
                .callAndListen("nfs_mount", MOUNT, Json.object().put("progressToken", "p1"), message -> {
                    if (message.path("method").asText().equals("notifications/progress")) {
                        world.nfs.succeed(running.get());
                    }
                });

        assertThat(messages).hasSize(2);
        assertThat(messages.get(0).path("method").asText()).isEqualTo("notifications/progress");
        assertThat(messages.get(0).at("/params/progressToken").asText()).isEqualTo("p1");
        assertThat(messages.get(0).at("/params/message").asText()).isEqualTo("step 1");
    }

    @Test
    void cancelsByToolAndSaysTruthfullyThatNothingAwaitsApproval() throws Exception {
        world.nfs.behave(command -> {});
        McpClient agent = agent("operator");
        List<JsonNode> messages =
                agent.callAndListen("nfs_mount", MOUNT, Json.object().put("io.infrabridge/wait_seconds", 0));
        String id = messages.get(messages.size() - 1)
                .at("/result/structuredContent/id")
                .asText();

        JsonNode cancelled = agent.call("operation_cancel", "{\"id\":\"" + id + "\"}");
        JsonNode approved = agent.call("operation_approve", "{\"id\":\"" + id + "\",\"decision\":\"approve\"}");

        assertThat(cancelled.at("/structuredContent/state").asText()).isEqualTo("CANCELLING");
        assertThat(world.nfs.nextCancel().operationId()).isEqualTo(id);
        assertThat(approved.at("/isError").asBoolean()).isTrue();
        assertThat(approved.at("/content/0/text").asText()).contains("CONFLICT", "does not await approval");
    }

    @Test
    void listsHostsAndSearchesTheAudit() throws Exception {
        McpClient agent = agent("reader");

        assertThat(agent.call("list_hosts", "{}")
                        .at("/structuredContent/hosts/0/name")
                        .asText())
                .isEqualTo("localhost");
        assertThat(agent.call("audit_search", "{}").at("/content/0/text").asText())
                .contains("AUDIT_UNAVAILABLE");
        try (FakeAudit audit = world.audit()) {
            assertThat(agent.call("audit_search", "{\"tool\":\"nfs_mount\"}")
                            .at("/structuredContent/asked")
                            .asText())
                    .isEqualTo("/api/v1/audit?tool=nfs_mount");
        }
    }

    @Test
    void tellsClientsWhenAnAnnouncementChangesTheTools() throws Exception {
        McpClient agent = agent("operator");
        BlockingQueue<String> notifications = agent.notifications();
        List<OperationDescriptor> more = new ArrayList<>(Descriptors.nfs());
        more.add(Descriptors.of(
                "nfs_mount",
                "unmount",
                List.of(Selector.of("action", "unmount")),
                Risk.CHANGE,
                TargetKind.HOST,
                "{\"type\":\"object\",\"properties\":{\"action\":{\"const\":\"unmount\"}},\"required\":[\"action\"]}"));

        World.until("the client is told", () -> {
            boolean told = notifications.contains("notifications/tools/list_changed");
            if (!told) {
                // its stream may have been opened after the announcement before
                world.nfs.announce(Descriptors.nfs());
                world.nfs.announce(more);
            }
            return told;
        });

        world.nfs.announce(more);
        World.until(
                "the new action is offered",
                () -> tool(agent.tools(), "nfs_mount")
                        .at("/inputSchema/properties/action/enum")
                        .toString()
                        .equals("[\"mount\",\"list\",\"unmount\"]"));
    }

    @Test
    void answersTheOlderTransportToo() throws Exception {
        assertThat(world.stranger.get("/mcp/sse").status()).isEqualTo(401);
        assertThat(world.reader.lines("/mcp/sse").limit(1).toList()).containsExactly("event: endpoint");
    }

    private McpClient agent(String name) throws Exception {
        return McpClient.connect(everything.toURI(), name);
    }

    private static List<String> names(JsonNode tools) {
        List<String> names = new ArrayList<>();
        tools.forEach(tool -> names.add(tool.path("name").asText()));
        return names;
    }

    private static JsonNode tool(JsonNode tools, String name) {
        for (JsonNode tool : tools) {
            if (tool.path("name").asText().equals(name)) {
                return tool;
            }
        }
        throw new AssertionError("no tool " + name + " in " + tools);
    }
}
