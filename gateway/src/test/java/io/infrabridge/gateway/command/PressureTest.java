package io.infrabridge.gateway.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.infrabridge.contract.Category;
import io.infrabridge.contract.Command;
import io.infrabridge.contract.Failure;
import io.infrabridge.contract.Json;
import io.infrabridge.contract.Operation;
import io.infrabridge.contract.State;
import io.infrabridge.contract.Topics;
import io.infrabridge.gateway.fixture.Caller.Answer;
import io.infrabridge.gateway.fixture.GatewayFiles;
import io.infrabridge.gateway.fixture.McpClient;
import io.infrabridge.gateway.fixture.World;
import io.infrabridge.testkit.BrokerResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import java.net.URL;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** More than can be taken is refused at once, and what was taken has its end. */
@QuarkusTest
@TestProfile(PressureTest.FewPlaces.class)
@QuarkusTestResource(value = BrokerResource.class, restrictToAnnotatedClass = true)
@QuarkusTestResource(value = GatewayFiles.class, restrictToAnnotatedClass = true)
class PressureTest {
    private static final String MOUNT = "{\"tool\":\"nfs_mount\",\"arguments\":{\"action\":\"mount\","
            + "\"source\":\"nas.example.com:/export/data\",\"target\":\"/mnt/nfs/data\",\"version\":\"4.1\"}}";
    private static final int PLACES = 60;
    private static final int PLACES_OF_ONE = 40;

    @TestHTTPResource("/")
    URL url;

    private World world;

    /** A gateway that lets few wait. */
    public static final class FewPlaces implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of(
                    "infrabridge.operations.waiting",
                    Integer.toString(PLACES),
                    "infrabridge.operations.waiting-per-caller",
                    Integer.toString(PLACES_OF_ONE));
        }
    }

    @BeforeEach
    void settle() throws Exception {
        world = new World(url);
        world.settle();
    }

    @AfterEach
    void close() throws Exception {
        world.close();
    }

    @Test
    void refusesThousandsAtOnceWhileAWorkerTakesNothingAndEndsWhatItTook() throws Exception {
        world.nfs.behave(command -> {});
        long results = results();
        List<CompletableFuture<Answer>> ofOne = ask(world.operator, 300);
        World.until("all but those who wait are answered", () -> answered(ofOne) == 300 - PLACES_OF_ONE);
        List<CompletableFuture<Answer>> ofAnother = ask(world.admin, 100);
        World.until("there is no place left", () -> answered(ofAnother) == 100 - (PLACES - PLACES_OF_ONE));

        Instant begun = Instant.now();
        for (int wave = 0; wave < 20; wave++) {
            for (CompletableFuture<Answer> refused : ask(world.operator, 100)) {
                assertThat(refused.get(10, TimeUnit.SECONDS).status()).isEqualTo(429);
            }
        }

        assertThat(Instant.now()).isBefore(begun.plusSeconds(30));
        assertThat(refused(ofOne)).allSatisfy(answer -> {
            assertThat(answer.status()).isEqualTo(429);
            assertThat(answer.text("/category")).isEqualTo("RATE_LIMITED");
            assertThat(answer.header("Retry-After")).contains("2");
            assertThat(answer.json().has("operation_id")).isFalse();
        });
        assertThat(refused(ofAnother)).allSatisfy(answer -> {
            assertThat(answer.status()).isEqualTo(503);
            assertThat(answer.text("/category")).isEqualTo("OVERLOADED");
            assertThat(answer.header("Retry-After")).contains("2");
        });
        JsonNode agents =
                McpClient.connect(url.toURI().resolve("/mcp"), "reader").call("nfs_mount", "{\"action\":\"list\"}");
        assertThat(agents.at("/isError").asBoolean()).isTrue();
        assertThat(agents.at("/structuredContent/category").asText()).isEqualTo("OVERLOADED");
        assertThat(agents.at("/content/0/text").asText()).contains("OVERLOADED", "2 seconds");
        World.until("every command that was taken is there", () -> world.nfs.commandsSeen() == PLACES);
        assertThat(results()).as("refusals are counted, not published").isEqualTo(results);

        for (int i = 0; i < PLACES; i++) {
            world.nfs.succeed(Json.read(world.nfs.nextCommand().value(), Command.class));
        }
        List<CompletableFuture<Answer>> all = new ArrayList<>(ofOne);
        all.addAll(ofAnother);
        CompletableFuture.allOf(all.toArray(CompletableFuture[]::new)).get(30, TimeUnit.SECONDS);
        assertThat(all.stream().map(CompletableFuture::join).filter(answer -> answer.status() == 200))
                .hasSize(PLACES)
                .allSatisfy(answer -> assertThat(answer.text("/state")).isEqualTo("SUCCEEDED"));
        world.nfs.behaveAsUsual();
        assertThat(world.operator.post("/api/v1/operations", MOUNT).status()).isEqualTo(200);
    }

    @Test
    void refusesWhileEveryWorkerOfTheDomainIsFullAndGoesOnWhenOneIsNot() throws Exception {
        world.nfs.full(true);
        World.until(
                "it is refused",
                () -> world.operator.post("/api/v1/operations", MOUNT).status() == 503);

        Answer refused = world.operator.post("/api/v1/operations", MOUNT);

        assertThat(refused.text("/category")).isEqualTo("OVERLOADED");
        assertThat(refused.text("/detail")).contains("nfs");
        assertThat(refused.header("Retry-After")).contains("2");
        world.nfs.full(false);
        World.until(
                "it is taken again",
                () -> world.operator.post("/api/v1/operations", MOUNT).status() == 200);
    }

    @Test
    void saysWhenToComeAgainWhereTooMuchWaitsForOneTarget() throws Exception {
        world.nfs.behave(command -> world.nfs.publish(Operation.accepted(command, Optional.empty())
                .ended(
                        State.REJECTED,
                        Failure.of(Category.OVERLOADED, "Too many operations wait for it.", "Ask again later."),
                        Instant.now())));

        Answer refused = world.operator.post("/api/v1/operations", MOUNT);

        assertThat(refused.status()).isEqualTo(503);
        assertThat(refused.text("/category")).isEqualTo("OVERLOADED");
        assertThat(refused.header("Retry-After")).contains("2");
    }

    private static List<CompletableFuture<Answer>> ask(io.infrabridge.gateway.fixture.Caller caller, int times) {
        return IntStream.range(0, times)
                .mapToObj(i -> caller.posted("/api/v1/operations", MOUNT, "Prefer", "wait=60"))
                .toList();
    }

    private static long answered(List<CompletableFuture<Answer>> asked) {
        return asked.stream().filter(CompletableFuture::isDone).count();
    }

    private static List<Answer> refused(List<CompletableFuture<Answer>> asked) {
        return asked.stream()
                .filter(CompletableFuture::isDone)
                .map(CompletableFuture::join)
                .toList();
    }

    private static long results() {
        try (KafkaConsumer<String, byte[]> reader = new KafkaConsumer<>(
                Map.of("bootstrap.servers", World.configured("kafka.bootstrap.servers")),
                new org.apache.kafka.common.serialization.StringDeserializer(),
                new ByteArrayDeserializer())) {
            List<TopicPartition> all = IntStream.range(0, Topics.PARTITIONS)
                    .mapToObj(partition -> new TopicPartition(Topics.RESULTS, partition))
                    .toList();
            return reader.endOffsets(all).values().stream()
                    .mapToLong(Long::longValue)
                    .sum();
        }
    }
}
