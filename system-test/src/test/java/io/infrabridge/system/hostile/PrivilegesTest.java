package io.infrabridge.system.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.infrabridge.contract.Json;
import io.infrabridge.contract.OperationDescriptor;
import io.infrabridge.contract.Risk;
import io.infrabridge.system.Eventually;
import io.infrabridge.system.LocalSystem;
import io.infrabridge.system.Rest;
import io.infrabridge.system.RunningSystem;
import io.infrabridge.testkit.hostile.ArgumentPositions;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Every role and every action on every route, listed or not: what the role may not do is refused before anything runs.
 * The expectation is the shipped policy's in one sentence: a reader reads, an operator changes, an administrator destroys.
 */
@ExtendWith(RunningSystem.class)
class PrivilegesTest {
    private static final Map<String, Set<Risk>> MAY = Map.of(
            "reader", Set.of(Risk.READ),
            "operator", Set.of(Risk.READ, Risk.CHANGE),
            "admin", Set.of(Risk.values()));

    private final LocalSystem system;
    private final Witness witness;
    private final List<Offered> offered;

    PrivilegesTest(LocalSystem system, Rest rest, Witness witness) {
        this.system = system;
        this.witness = witness;
        this.offered = Offered.all(Eventually.get(
                "all tools are offered",
                Duration.ofSeconds(30),
                () -> Optional.of(rest.get("/api/v1/tools").body())
                        .filter(tools -> tools.path("tools").size() >= 6)));
    }

    /** An action with arguments that are right, but never for a cluster, of which there is none. */
    private record Offered(OperationDescriptor action, String domain, ObjectNode arguments) {
        static List<Offered> all(JsonNode tools) {
            List<Offered> all = new ArrayList<>();
            tools.path("tools")
                    .forEach(tool -> tool.path("actions").forEach(described -> {
                        OperationDescriptor action = Json.convert(described, OperationDescriptor.class);
                        ObjectNode arguments = (ObjectNode) ArgumentPositions.sample(action.inputSchema());
                        arguments.put("remote_target", Witness.NAME);
                        all.add(new Offered(action, tool.path("domain").asText(), arguments));
                    }));
            return all;
        }

        boolean allowed(String role) {
            return MAY.get(role).contains(action.risk());
        }

        String named(String role) {
            return action.tool() + " " + action.action() + " as " + role;
        }

        boolean onHost() {
            return !action.programs().isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"reader", "operator", "admin"})
    void overRestARoleMayWhatItsRiskAllows(String role) throws IOException {
        Rest caller = new Rest(system.gateway(), system.keyOf(role));
        for (Offered one : onHosts()) {
            for (boolean dry : List.of(true, false)) {
                if (one.allowed(role) && !dry) {
                    continue;
                }
                ObjectNode request =
                        Json.object().put("tool", one.action().tool()).put("dry_run", dry);
                request.set("arguments", one.arguments());
                Rest.Answer answer = caller.submit(request, Map.of());
                if (one.allowed(role)) {
                    assertThat(answer.status())
                            .as(one.named(role) + " " + answer.body())
                            .isEqualTo(200);
                    assertThat(answer.category()).isNotEqualTo("FORBIDDEN");
                } else {
                    assertThat(answer.status())
                            .as(one.named(role) + " " + answer.body())
                            .isEqualTo(403);
                    assertThat(answer.category()).isEqualTo("FORBIDDEN");
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/mcp", "/mcp/read-only"})
    void overMcpACallIsRefusedWhetherItsToolIsListedOrNot(String path) {
        for (String role : MAY.keySet()) {
            AgentSession agent = new AgentSession(system.gateway().resolve(path), system.keyOf(role));
            for (Offered one : offered) {
                boolean readOnly = path.endsWith("read-only");
                boolean allowed =
                        one.allowed(role) && (!readOnly || one.action().risk() == Risk.READ);
                if (allowed) {
                    continue;
                }
                JsonNode answer = agent.call(one.action().tool(), one.arguments());
                JsonNode operation = answer.at("/result/structuredContent");
                boolean unknown = answer.has("error");
                assertThat(unknown || operation.path("state").asText().equals("REJECTED"))
                        .as(one.named(role) + " at " + path + " " + answer)
                        .isTrue();
                if (!unknown && one.onHost()) {
                    assertThat(operation.at("/error/category").asText())
                            .as(one.named(role) + " at " + path)
                            .isEqualTo("FORBIDDEN");
                }
            }
        }
    }

    @Test
    void aSessionIsWorthNothingMoreAtTheOtherEndpoint() {
        URI everything = system.gateway().resolve("/mcp");
        URI readOnly = system.gateway().resolve("/mcp/read-only");
        List<AgentSession> moved = List.of(
                new AgentSession(everything, system.adminKey()).at(readOnly),
                new AgentSession(readOnly, system.keyOf("reader")).at(everything));
        for (AgentSession agent : moved) {
            for (Offered one : offered) {
                if (one.action().risk() != Risk.READ) {
                    JsonNode answer = agent.call(one.action().tool(), one.arguments());
                    assertThat(answer.has("error")
                                    || answer.at("/result/structuredContent/state")
                                            .asText()
                                            .equals("REJECTED"))
                            .as(one.named("a moved session") + " " + answer)
                            .isTrue();
                }
            }
        }
    }

    @Test
    void aServiceForReadersChangesNothingWhicheverRolesItAsserts() throws Exception {
        Set<List<String>> before = witness.executed();
        Map<String, String> expected = new HashMap<>();
        try (CommandTopic readers =
                new CommandTopic(system.kafka(), system.issuer(RunningSystem.READERS), RunningSystem.READERS)) {
            for (Offered one : offered) {
                for (Set<String> roles : assertedRoles()) {
                    if (one.action().risk() == Risk.READ && roles.equals(Set.of("reader"))) {
                        continue;
                    }
                    String id = readers.publish(
                            one.domain(),
                            readers.command(one.action().tool(), one.action().action(), one.arguments(), roles));
                    expected.put(id, one.named(roles.toString()));
                }
            }
            assertRefused(readers, expected);
        }
        assertThat(expected).hasSizeGreaterThan(20);
        assertThat(witness.executed()).isEqualTo(before);
    }

    @Test
    void aKeyThatNobodyTrustsOrThatSignsForAnotherServiceMovesNothing() throws Exception {
        Set<List<String>> before = witness.executed();
        Map<String, String> expected = new HashMap<>();
        try (CommandTopic unknown = new CommandTopic(
                        system.kafka(), io.infrabridge.trust.signature.SigningKey.generate("gateway"), "gateway");
                CommandTopic borrowed =
                        new CommandTopic(system.kafka(), system.issuer(RunningSystem.READERS), RunningSystem.ANYBODY)) {
            for (Offered one : offered) {
                for (CommandTopic topic : List.of(unknown, borrowed)) {
                    String id = topic.publish(
                            one.domain(),
                            topic.command(
                                    one.action().tool(), one.action().action(), one.arguments(), Set.of("admin")));
                    expected.put(id, one.named("nobody"));
                }
            }
            assertRefused(unknown, expected);
        }
        assertThat(witness.executed()).isEqualTo(before);
    }

    private static void assertRefused(CommandTopic topic, Map<String, String> expected) {
        Set<String> waiting = new HashSet<>(expected.keySet());
        Eventually.isTrue("every command is refused, not only " + waiting.size(), Duration.ofSeconds(60), () -> {
            waiting.removeIf(id -> topic.end(id).isPresent());
            return waiting.isEmpty();
        });
        expected.forEach((id, what) -> {
            JsonNode end = topic.end(id).orElseThrow();
            String category = Stream.of(end.at("/error/category"), end.at("/failure/category"))
                    .filter(JsonNode::isTextual)
                    .map(JsonNode::asText)
                    .findFirst()
                    .orElse("");
            assertThat(end.path("state").asText("REJECTED")).as(what).isEqualTo("REJECTED");
            assertThat(category).as(what).isIn("FORBIDDEN", "BAD_SIGNATURE");
        });
    }

    private static List<Set<String>> assertedRoles() {
        return List.of(Set.of("reader"), Set.of("operator"), Set.of("admin"), Set.of("reader", "admin"), Set.of());
    }

    private List<Offered> onHosts() throws IOException {
        List<Offered> onHosts = offered.stream().filter(Offered::onHost).toList();
        for (Offered one : onHosts) {
            for (String program : one.action().programs()) {
                witness.install(program);
            }
        }
        return onHosts;
    }
}
