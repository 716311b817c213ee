package io.infrabridge.gateway.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.infrabridge.contract.ApprovalDecision;
import io.infrabridge.contract.ApprovalDecision.Kind;
import io.infrabridge.contract.ApprovalDecision.Verdict;
import io.infrabridge.contract.Category;
import io.infrabridge.contract.Command;
import io.infrabridge.contract.Failure;
import io.infrabridge.contract.Json;
import io.infrabridge.contract.State;
import io.infrabridge.gateway.fixture.FakeWorker;
import io.infrabridge.gateway.fixture.GatewayFiles;
import io.infrabridge.gateway.fixture.McpClient;
import io.infrabridge.gateway.fixture.World;
import io.infrabridge.testkit.BrokerResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.net.URL;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Agents whose calls wait for people, with clients that can ask their caller and with such that cannot. */
@QuarkusTest
@QuarkusTestResource(BrokerResource.class)
@QuarkusTestResource(GatewayFiles.class)
class ConsentTest {
    private static final String MOUNT = """
            {"action":"mount","source":"nas.example.com:/export/data","target":"/mnt/nfs/data"}
            """;
    private static final String ASKED = "elicitation/create";

    @TestHTTPResource("/mcp")
    URL everything;

    @TestHTTPResource("/")
    URL root;

    private World world;

    @BeforeEach
    void settle() throws Exception {
        world = new World(root);
        world.settle();
        world.nfs.behave(world.nfs::park);
    }

    @AfterEach
    void close() throws Exception {
        world.close();
    }

    @Test
    void returnsAtOnceWithAHintWhereTheClientCannotAsk() throws Exception {
        JsonNode result = McpClient.connect(everything.toURI(), "operator").call("nfs_mount", MOUNT);

        assertThat(result.path("isError").asBoolean()).isFalse();
        assertThat(result.at("/structuredContent/state").asText()).isEqualTo("AWAITING_APPROVAL");
        assertThat(result.at("/content/0/text").asText())
                .contains("operation_approve", FakeWorker.PLAN_HASH, "admin", "not its caller");
        assertThat(world.nfs.decisionsSeen()).isZero();
    }

    @Test
    void asksTheCallerAboutTheExactPlanAndTakesHisConsent() throws Exception {
        world.nfs.ruleOn(decision -> world.nfs.answer(decision, State.AWAITING_APPROVAL, Optional.empty()));

        List<JsonNode> messages = callAndReply("{\"action\":\"accept\",\"content\":{\"run\":true}}");

        JsonNode question = messages.get(0).path("params");
        assertThat(question.path("message").asText())
                .contains("[\"mount\",\"-t\",\"nfs\",\"nas:/export\",\"/mnt/nfs\"]", "only root may mount", "umount");
        assertThat(question.at("/requestedSchema/properties/run/type").asText()).isEqualTo("boolean");
        ApprovalDecision decision = Json.read(world.nfs.nextDecision().value(), ApprovalDecision.class);
        assertThat(decision.kind()).isEqualTo(Kind.CONSENT);
        assertThat(decision.decision()).isEqualTo(Verdict.APPROVE);
        assertThat(decision.caller()).isEqualTo("key:operator");
        assertThat(state(messages)).isEqualTo("AWAITING_APPROVAL");
    }

    @Test
    void waitsForTheEndWhereTheConsentIsEnough() throws Exception {
        world.nfs.ruleOn(decision -> {
            Command command = command(world);
            world.nfs.tell(io.infrabridge.contract.Operation.accepted(command, Optional.empty())
                    .in(State.RUNNING));
            world.nfs.answer(decision, State.RUNNING, Optional.empty());
            world.nfs.publish(world.nfs.ended(command, State.SUCCEEDED));
        });

        assertThat(state(callAndReply("{\"action\":\"accept\",\"content\":{\"run\":true}}")))
                .isEqualTo("SUCCEEDED");
    }

    @Test
    void deniesWhatTheCallerDeclines() throws Exception {
        world.nfs.ruleOn(decision -> {
            world.nfs.tell(world.nfs.ended(command(world), State.REJECTED));
            world.nfs.answer(decision, State.REJECTED, Optional.empty());
        });

        List<JsonNode> messages = callAndReply("{\"action\":\"decline\"}");

        ApprovalDecision decision = Json.read(world.nfs.nextDecision().value(), ApprovalDecision.class);
        assertThat(decision.kind()).isEqualTo(Kind.CONSENT);
        assertThat(decision.decision()).isEqualTo(Verdict.DENY);
        assertThat(state(messages)).isEqualTo("REJECTED");
    }

    @Test
    void takesAnUntickedFormForANo() throws Exception {
        callAndReply("{\"action\":\"accept\",\"content\":{\"run\":false}}");

        assertThat(Json.read(world.nfs.nextDecision().value(), ApprovalDecision.class)
                        .decision())
                .isEqualTo(Verdict.DENY);
    }

    @Test
    void decidesNothingWhereTheQuestionIsClosed() throws Exception {
        List<JsonNode> messages = callAndReply("{\"action\":\"cancel\"}");

        assertThat(state(messages)).isEqualTo("AWAITING_APPROVAL");
        assertThat(world.nfs.decisionsSeen()).isZero();
    }

    @Test
    void takesDecisionsByToolOnThePlanThatWasSeen() throws Exception {
        McpClient agent = McpClient.connect(everything.toURI(), "operator");
        McpClient admin = McpClient.connect(everything.toURI(), "admin");
        String id = agent.call("nfs_mount", MOUNT).at("/structuredContent/id").asText();
        world.nfs.ruleOn(decision -> world.nfs.answer(
                decision,
                State.AWAITING_APPROVAL,
                decision.caller().equals("key:operator")
                        ? Optional.of(Failure.of(Category.FORBIDDEN, "Not you.", "Ask another."))
                        : Optional.empty()));

        String without = "{\"id\":\"" + id + "\",\"decision\":\"approve\"}";
        String with = without.replace("}", ",\"plan_hash\":\"" + FakeWorker.PLAN_HASH + "\"}");

        assertThat(admin.call("operation_approve", without)
                        .at("/content/0/text")
                        .asText())
                .contains("MISSING_PROPERTY", FakeWorker.PLAN_HASH);
        assertThat(agent.call("operation_approve", with).at("/content/0/text").asText())
                .contains("FORBIDDEN", "Not you.");
        JsonNode counted = admin.call("operation_approve", with);
        assertThat(counted.path("isError").asBoolean()).isFalse();
        assertThat(counted.at("/structuredContent/id").asText()).isEqualTo(id);
    }

    private List<JsonNode> callAndReply(String reply) throws Exception {
        ObjectNode capabilities = Json.object();
        capabilities.putObject("elicitation");
        McpClient agent = McpClient.connect(everything.toURI(), "operator", capabilities);
        return agent.callAndListen("nfs_mount", MOUNT, Json.object(), message -> {
            if (message.path("method").asText().equals(ASKED)) {
                try {
                    agent.reply(message, (ObjectNode) Json.parse(reply));
                } catch (IOException e) {
                    throw new java.io.UncheckedIOException(e);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    throw new IllegalStateException(e);
                }
            }
        });
    }

    private static Command command(World world) {
        try {
            return Json.read(world.nfs.nextCommand().value(), Command.class);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static String state(List<JsonNode> messages) {
        return messages.get(messages.size() - 1)
                .at("/result/structuredContent/state")
                .asText();
    }
}
