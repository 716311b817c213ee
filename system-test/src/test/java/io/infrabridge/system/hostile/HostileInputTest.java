package io.infrabridge.system.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.infrabridge.contract.Json;
import io.infrabridge.system.Eventually;
import io.infrabridge.system.LocalSystem;
import io.infrabridge.system.Rest;
import io.infrabridge.system.RunningSystem;
import io.infrabridge.testkit.hostile.HostilePayloads;
import java.io.IOException;
import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Hostile payloads in the arguments of every action of the running system, on every way into it: each is refused with a
 * category, or is one argument of a declared program. The host that they reach says what was really executed.
 */
@ExtendWith(RunningSystem.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HostileInputTest {
    private static final int FEWEST_TOOLS = 6;
    private static final int AT_ONCE = 12;
    private static final int FEWEST_PAYLOADS = 500;
    private static final Set<String> EVERY_ROLE = Set.of("admin", "operator", "reader");

    private final LocalSystem system;
    private final Rest rest;
    private final Witness witness;
    private final Account account = new Account();
    private final List<JsonNode> payloads;
    private final List<Place> places;

    HostileInputTest(LocalSystem system, Rest rest, Witness witness) {
        this.system = system;
        this.rest = rest;
        this.witness = witness;
        this.payloads = Rotation.wanted(HostilePayloads.all(witness.canary()));
        this.places = Place.all(Eventually.get(
                "all tools are offered",
                Duration.ofSeconds(30),
                () -> java.util.Optional.of(rest.get("/api/v1/tools").body())
                        .filter(tools -> tools.path("tools").size() >= FEWEST_TOOLS)));
    }

    @BeforeEach
    void letTheWitnessAnswerForEveryProgram() throws IOException {
        for (Place place : places) {
            for (String program : place.action().programs()) {
                witness.install(program);
            }
        }
        assertThat(payloads).doesNotHaveDuplicates().hasSizeGreaterThanOrEqualTo(FEWEST_PAYLOADS);
    }

    @AfterEach
    void nothingWasExecutedButWhatOperationsReport() throws IOException {
        assertThat(account.defects()).isEmpty();
        assertThat(witness.canary().changes()).isEmpty();
        Set<List<String>> executed = witness.executed();
        assertThat(executed).hasSizeGreaterThan(10);
        assertThat(account.unreported(executed)).isEmpty();
    }

    @Test
    void overRest() throws Exception {
        inParallel("REST", Rotation.of(payloads, places, 8), turn -> {
            ObjectNode request = Json.object().put("tool", turn.place().action().tool());
            request.put("dry_run", turn.place().choosesTarget());
            request.set("arguments", turn.place().arguments(turn.payload()));
            String named = "REST " + named(turn);
            Rest.Answer answer = rest.post(
                    "/api/v1/operations", HostilePayloads.json(request), Map.of("Content-Type", "application/json"));
            account.said(named, turn.payload(), answer.body().toString());
            if (answer.status() == 200) {
                account.ended(named, turn.place(), turn.payload(), answer.body());
            } else if (answer.status() >= 400 && answer.status() < 500) {
                account.refused(named, answer.category(), answer.hint());
            } else {
                account.defect(named, "was answered with " + answer.status() + " " + answer.body());
            }
        });
    }

    @Test
    void overMcp() throws Exception {
        AgentSession agent = new AgentSession(system.gateway().resolve("/mcp"), system.adminKey());
        inParallel("MCP", Rotation.of(payloads, places, 2), turn -> {
            ObjectNode arguments = turn.place().arguments(turn.payload());
            arguments.put("dry_run", turn.place().choosesTarget());
            String named = "MCP " + named(turn);
            JsonNode answer = agent.call(turn.place().action().tool(), arguments);
            account.said(named, turn.payload(), answer.toString());
            JsonNode operation = answer.at("/result/structuredContent");
            if (operation.has("state")) {
                account.ended(named, turn.place(), turn.payload(), operation);
            } else if (answer.has("error") && answer.path("status").asInt() < 500) {
                account.refused(named, "PROTOCOL", answer.at("/error/message").asText());
            } else {
                account.defect(named, "was answered with " + answer);
            }
        });
    }

    @Test
    void writtenToTheTopicsBySignedCommands() throws Exception {
        List<Rotation.Turn> turns = Rotation.of(payloads, places, 2);
        try (CommandTopic topic =
                new CommandTopic(system.kafka(), system.issuer(RunningSystem.ANYBODY), RunningSystem.ANYBODY)) {
            for (List<Rotation.Turn> wave : Rotation.waves(turns)) {
                writeAndSeeToTheEnd(topic, wave);
            }
        }
        System.out.printf(
                "hostile input over Kafka: %d payloads, %d places, %d commands, %s%n",
                payloads.size(), places.size(), turns.size(), account);
    }

    private void writeAndSeeToTheEnd(CommandTopic topic, List<Rotation.Turn> wave) throws InterruptedException {
        Map<String, Rotation.Turn> open = new LinkedHashMap<>();
        for (Rotation.Turn turn : wave) {
            ObjectNode command = topic.command(
                    turn.place().action().tool(),
                    turn.place().action().action(),
                    turn.place().arguments(turn.payload()),
                    EVERY_ROLE);
            if (turn.place().choosesTarget()) {
                command.put("dry_run", true);
                command.set("target", turn.payload());
            }
            open.put(topic.publish(turn.place().domain(), command), turn);
        }
        Set<String> waiting = new HashSet<>(open.keySet());
        Eventually.isTrue("every command ends, " + account, Duration.ofSeconds(600), () -> {
            waiting.removeIf(id -> topic.end(id).isPresent());
            return waiting.isEmpty();
        });
        open.forEach((id, turn) -> {
            JsonNode end = topic.end(id).orElseThrow();
            String named = "Kafka " + named(turn);
            account.said(named, turn.payload(), end.path("error").toString());
            if (end.has("state")) {
                account.ended(named, turn.place(), turn.payload(), end);
            } else {
                account.refused(
                        named,
                        end.at("/failure/category").asText(),
                        end.at("/failure/hint").asText());
            }
        });
    }

    /** What is done with one payload at one place. */
    private interface Try {
        void out(Rotation.Turn turn);
    }

    private void inParallel(String way, List<Rotation.Turn> turns, Try each) throws Exception {
        ExecutorService callers = Executors.newFixedThreadPool(AT_ONCE);
        long start = System.nanoTime();
        try {
            List<Future<?>> all = turns.stream()
                    .<Future<?>>map(turn -> callers.submit(() -> each.out(turn)))
                    .toList();
            for (Future<?> one : all) {
                one.get();
            }
        } catch (ExecutionException e) {
            throw new AssertionError(e.getCause());
        } finally {
            callers.shutdownNow();
        }
        System.out.printf(
                "hostile input over %s: %d payloads, %d places, %d requests, %s, %d s%n",
                way,
                payloads.size(),
                places.size(),
                turns.size(),
                account,
                Duration.ofNanos(System.nanoTime() - start).toSeconds());
    }

    private static String named(Rotation.Turn turn) {
        String text = new String(HostilePayloads.json(turn.payload()), java.nio.charset.StandardCharsets.US_ASCII);
        return turn.place() + " = " + (text.length() <= 100 ? text : text.substring(0, 100) + "…");
    }
}
