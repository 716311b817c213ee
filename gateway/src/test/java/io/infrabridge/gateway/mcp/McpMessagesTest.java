package io.infrabridge.gateway.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.infrabridge.contract.Cancel;
import io.infrabridge.contract.Category;
import io.infrabridge.contract.Command;
import io.infrabridge.contract.Failure;
import io.infrabridge.contract.Json;
import io.infrabridge.contract.Operation;
import io.infrabridge.contract.State;
import io.infrabridge.gateway.fixture.GatewayFiles;
import io.infrabridge.gateway.fixture.McpClient;
import io.infrabridge.gateway.fixture.OlderMcpClient;
import io.infrabridge.gateway.fixture.World;
import io.infrabridge.testkit.BrokerResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.Socket;
import java.net.URI;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the gateway makes of messages before, and beside, the calls that they carry. */
@QuarkusTest
@QuarkusTestResource(BrokerResource.class)
@QuarkusTestResource(GatewayFiles.class)
class McpMessagesTest {
    private static final String MOUNT = "{\"action\":\"mount\",\"source\":\"nas.example.com:/export/data\","
            + "\"target\":\"/mnt/nfs/data\",\"version\":\"4.1\"}";

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
    void saysOfANullArgumentWhatRestSaysAtEveryEndpoint() throws Exception {
        String arguments = "{\"action\":\"list\",\"x\":null}";
        List<JsonNode> results = new ArrayList<>();
        results.add(McpClient.connect(everything.toURI(), "operator").call("nfs_mount", arguments));
        results.add(McpClient.connect(readOnly.toURI(), "operator").call("nfs_mount", arguments));
        try (OlderMcpClient older = new OlderMcpClient(root.toURI(), "operator")) {
            results.add(older.call("nfs_mount", arguments).path("result"));
        }

        String rest = world.operator
                .post("/api/v1/operations", "{\"tool\":\"nfs_mount\",\"arguments\":" + arguments + "}")
                .text("/detail");
        assertThat(rest).contains("/x").contains("is not known");
        assertThat(results).allSatisfy(result -> {
            assertThat(result.at("/isError").asBoolean()).isTrue();
            assertThat(result.at("/structuredContent/error/category").asText()).isEqualTo("UNKNOWN_PROPERTY");
            assertThat(result.at("/structuredContent/error/message").asText()).isEqualTo(rest);
        });
        assertThat(world.nfs.commandsSeen()).isZero();
    }

    @Test
    void takesANullReasonOrDryRunForAbsent() throws Exception {
        JsonNode result = McpClient.connect(everything.toURI(), "operator")
                .call("nfs_mount", "{\"action\":\"list\",\"reason\":null,\"dry_run\":null}");

        assertThat(result.at("/structuredContent/state").asText()).isEqualTo("SUCCEEDED");
        Command command = Json.read(world.nfs.nextCommand().value(), Command.class);
        assertThat(command.dryRun()).isFalse();
        assertThat(command.reason()).isEmpty();
        assertThat(command.arguments().toString()).isEqualTo("{\"action\":\"list\"}");
    }

    @Test
    void refusesAnIdempotencyKeyThatIsTooLongInsteadOfForgettingIt() throws Exception {
        McpClient agent = McpClient.connect(everything.toURI(), "operator");
        ObjectNode meta = Json.object().put("io.infrabridge/idempotency_key", "k".repeat(300));

        List<JsonNode> messages = agent.callAndListen("nfs_mount", MOUNT, meta);

        assertThat(messages.get(messages.size() - 1)
                        .at("/result/structuredContent/error/category")
                        .asText())
                .isEqualTo("INVALID_REQUEST");
        assertThat(world.nfs.commandsSeen()).isZero();
    }

    @Test
    void asksForTheCancelOfTheOperationWhoseCallIsCancelled() throws Exception {
        world.nfs.behave(command -> {});
        McpClient agent = McpClient.connect(everything.toURI(), "operator");
        CompletableFuture<JsonNode> result = CompletableFuture.supplyAsync(() -> call(agent));
        Command command = Json.read(world.nfs.nextCommand().value(), Command.class);

        agent.cancel(agent.lastId(), "the user pressed stop");

        Cancel cancel = world.nfs.nextCancel();
        assertThat(cancel.operationId()).isEqualTo(command.id());
        assertThat(cancel.caller()).isEqualTo("key:operator");
        assertThat(cancel.reason()).contains("cancelled by its client: the user pressed stop");
        world.nfs.publish(Operation.accepted(command, Optional.empty())
                .ended(
                        State.CANCELLED,
                        Failure.of(Category.CANCELLED, "It was cancelled.", "Nothing is left of it."),
                        Instant.now()));
        assertThat(result.get(30, TimeUnit.SECONDS)
                        .at("/structuredContent/state")
                        .asText())
                .isEqualTo("CANCELLED");
    }

    @Test
    void letsNobodyElseCancelACall() throws Exception {
        world.nfs.behave(command -> {});
        McpClient agent = McpClient.connect(everything.toURI(), "operator");
        CompletableFuture<JsonNode> result = CompletableFuture.supplyAsync(() -> call(agent));
        Command command = Json.read(world.nfs.nextCommand().value(), Command.class);

        agent.as("admin").cancel(agent.lastId(), "not mine");
        agent.cancel(agent.lastId() + 1, "no such call");
        agent.cancel(agent.lastId(), "mine");

        assertThat(world.nfs.nextCancel().reason()).contains("cancelled by its client: mine");
        world.nfs.succeed(command);
        result.get(30, TimeUnit.SECONDS);
    }

    @Test
    void cancelsAChangeWhoseClientHasGoneOnlyWhereItAskedForThat() throws Exception {
        world.nfs.behave(command -> {});
        String body = "{\"tool\":\"nfs_mount\",\"arguments\":" + MOUNT + "}";
        try (Socket leaving = post("/api/v1/operations", body, "")) {
            world.nfs.nextCommand();
        }
        Command asked;
        try (Socket leaving = post("/api/v1/operations", body, "Prefer: wait=20, cancel-on-disconnect\r\n")) {
            asked = Json.read(world.nfs.nextCommand().value(), Command.class);
        }

        Cancel first = world.nfs.nextCancel();

        assertThat(first.operationId()).isEqualTo(asked.id());
        assertThat(first.reason()).contains("its caller has gone");
    }

    @Test
    void cancelsAnAgentsChangeWhenItsConnectionIsLostWhereItAskedForThat() throws Exception {
        world.nfs.behave(command -> {});
        String session = McpClient.connect(everything.toURI(), "operator").session();
        String call = "{\"jsonrpc\":\"2.0\",\"id\":7,\"method\":\"tools/call\",\"params\":{\"name\":\"nfs_mount\","
                + "\"arguments\":" + MOUNT + ",\"_meta\":%s}}";
        String headers = "Accept: application/json, text/event-stream\r\nMcp-Session-Id: " + session + "\r\n";
        try (Socket leaving = post("/mcp", call.formatted("{}"), headers)) {
            world.nfs.nextCommand();
        }
        Command asked;
        try (Socket leaving = post("/mcp", call.formatted("{\"io.infrabridge/cancel_on_disconnect\":true}"), headers)) {
            asked = Json.read(world.nfs.nextCommand().value(), Command.class);
        }

        assertThat(world.nfs.nextCancel().operationId()).isEqualTo(asked.id());
    }

    private static JsonNode call(McpClient agent) {
        try {
            return agent.call("nfs_mount", MOUNT);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private Socket post(String path, String body, String headers) throws Exception {
        URI address = root.toURI();
        Socket socket = new Socket(address.getHost(), address.getPort());
        socket.getOutputStream()
                .write(("POST " + path + " HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer operator-secret\r\n"
                                + "Content-Type: application/json\r\nContent-Length: " + body.length() + "\r\n"
                                + headers + "\r\n" + body)
                        .getBytes(StandardCharsets.US_ASCII));
        return socket;
    }
}
