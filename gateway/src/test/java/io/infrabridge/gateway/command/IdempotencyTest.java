package io.infrabridge.gateway.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.infrabridge.contract.Command;
import io.infrabridge.contract.Domain;
import io.infrabridge.contract.Envelope;
import io.infrabridge.contract.EventType;
import io.infrabridge.contract.Json;
import io.infrabridge.contract.Topics;
import io.infrabridge.gateway.command.Acceptance.Accepted;
import io.infrabridge.gateway.fixture.Caller.Answer;
import io.infrabridge.gateway.fixture.GatewayFiles;
import io.infrabridge.gateway.fixture.McpClient;
import io.infrabridge.gateway.fixture.World;
import io.infrabridge.gateway.security.ServiceName;
import io.infrabridge.gateway.security.SignedRecords;
import io.infrabridge.testkit.BrokerResource;
import io.infrabridge.trust.signature.SigningKey;
import io.opentelemetry.api.OpenTelemetry;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.enterprise.inject.spi.CDI;
import java.net.URL;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** One key, one operation: on whatever replica, through whatever door, whoever died in between. */
@QuarkusTest
@QuarkusTestResource(BrokerResource.class)
@QuarkusTestResource(GatewayFiles.class)
class IdempotencyTest {
    private static final String ARGUMENTS = "{\"action\":\"mount\",\"source\":\"nas.example.com:/export/data\","
            + "\"target\":\"/mnt/nfs/data\",\"version\":\"4.1\",\"remote_target\":\"app-server-01\"}";
    private static final String MOUNT = "{\"tool\":\"nfs_mount\",\"arguments\":" + ARGUMENTS + "}";
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @TestHTTPResource("/")
    URL url;

    private final List<Replica> replicas = new ArrayList<>();
    private final String key = "key-" + System.nanoTime();
    private World world;

    @BeforeEach
    void settle() throws Exception {
        world = new World(url);
        world.settle();
    }

    @AfterEach
    void close() throws Exception {
        replicas.forEach(replica -> replica.log().stop());
        world.close();
    }

    @Test
    void oneOperationComesOfManyRequestsUnderOneKeyAtThreeReplicas() throws Exception {
        List<Replica> others = List.of(replica(), replica());
        List<CompletableFuture<String>> ids = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            ids.add(world.operator
                    .posted("/api/v1/operations", MOUNT, "Idempotency-Key", key)
                    .thenApply(answer -> answer.text("/id") + " " + answer.text("/state")));
            for (Replica other : others) {
                ids.add(other.acceptance()
                        .accept(command(key, "4.1"), Domain.of("nfs"), true)
                        .map(accepted -> id(accepted) + " SUCCEEDED")
                        .subscribeAsCompletionStage());
            }
        }

        CompletableFuture.allOf(ids.toArray(CompletableFuture[]::new)).get(60, java.util.concurrent.TimeUnit.SECONDS);

        assertThat(ids.stream().map(CompletableFuture::join)).containsOnly(idOf(key) + " SUCCEEDED");
        // each replica may have made sure that it is published, and the worker runs the same bytes once
        assertThat(published()).hasSizeBetween(1, 3);
        assertThat(commands()).hasSize(1);
    }

    @Test
    void refusesAnotherRequestUnderTheKeyAtEveryDoor() throws Exception {
        Replica other = replica();
        other.accept(command(key, "3"));
        String another = MOUNT.replace("\"4.1\"", "\"4.2\"");

        Answer rest = world.operator.post("/api/v1/operations", another, "Idempotency-Key", key);
        JsonNode mcp = agent(another);

        assertThat(rest.status()).isEqualTo(409);
        assertThat(rest.text("/category")).isEqualTo("CONFLICT");
        assertThat(mcp.at("/structuredContent/error/category").asText()).isEqualTo("CONFLICT");
        assertThat(replica().accept(command(key, "4"))).isInstanceOf(Accepted.Conflict.class);
        assertThat(commands()).hasSize(1);
    }

    @Test
    void isTheSameOperationThroughRestAndMcpForTheSameCaller() throws Exception {
        Answer rest = world.operator.post("/api/v1/operations", MOUNT, "Idempotency-Key", key);
        JsonNode mcp = agent(MOUNT);
        String others = world.admin
                .post("/api/v1/operations", MOUNT, "Idempotency-Key", key)
                .text("/id");

        assertThat(mcp.at("/structuredContent/id").asText()).isEqualTo(rest.text("/id"));
        assertThat(mcp.at("/structuredContent/finished_at").asText()).isEqualTo(rest.text("/finished_at"));
        assertThat(others).isNotEqualTo(rest.text("/id"));
    }

    @Test
    void publishesWhatAReplicaThatDiedHadClaimedButNotPublished() throws Exception {
        Command claimed = command(key, "4.1");
        Replica died = replica();
        died.log().write(claimed, Json.bytes(claimed), died.publisher()).await().atMost(PATIENCE);
        died.log().stop();
        assertThat(commands()).isEmpty();

        Answer answer = world.operator.post("/api/v1/operations", MOUNT, "Idempotency-Key", key);

        assertThat(answer.text("/state")).isEqualTo("SUCCEEDED");
        assertThat(answer.text("/id")).isEqualTo(claimed.id());
        assertThat(commands()).containsExactly(Json.text(claimed));
    }

    @Test
    void isTheSameCommandByteForByteAfterARestartWhileTheAuditIsAway() throws Exception {
        assertThat(replica().accept(command(key, "4.1"))).isInstanceOf(Accepted.Now.class);
        Command later = command(key, "4.1");

        Accepted accepted = replica().accept(later);

        assertThat(accepted).isInstanceOf(Accepted.Now.class);
        assertThat(published()).hasSize(2);
        assertThat(commands()).hasSize(1);
    }

    @Test
    void takesNoClaimFromAnybodyButAGateway() throws Exception {
        Command forged = command(key, "3");
        for (SigningKey signer : List.of(world.strangersKey(), world.keyOf("nfs-worker"))) {
            SignedPublisher publisher = new SignedPublisher(bean(Bus.class), signer, OpenTelemetry.noop());
            publisher
                    .publish(
                            Topics.IDEMPOTENCY,
                            forged.id(),
                            new Envelope(forged.id(), "/gateway", EventType.COMMAND, forged.createdAt()),
                            forged)
                    .await()
                    .atMost(PATIENCE);
        }

        assertThat(world.operator
                        .post("/api/v1/operations", MOUNT, "Idempotency-Key", key)
                        .text("/state"))
                .isEqualTo("SUCCEEDED");
        assertThat(commands()).singleElement().asString().contains("\"4.1\"");
    }

    @Test
    void refusesOneKeyMoreThanItCanRememberAndForgetsNone() throws Exception {
        Replica small = replica(2);
        small.accept(command(key + "a", "4.1"));
        small.accept(command(key + "b", "4.1"));

        // the claims of other tests count too
        assertThat(small.accept(command(key + "c", "4.1"))).isInstanceOf(Accepted.Full.class);
        assertThat(small.accept(command(key + "a", "4.1"))).isInstanceOf(Accepted.Before.class);
    }

    @Test
    void claimsNothingForReadsAndForRequestsWithoutAKey() throws Exception {
        long before = claimed();

        world.operator.post("/api/v1/operations", MOUNT);
        world.operator.post(
                "/api/v1/operations",
                "{\"tool\":\"nfs_mount\",\"arguments\":{\"action\":\"list\"}}",
                "Idempotency-Key",
                key);

        assertThat(claimed()).isEqualTo(before);
    }

    private JsonNode agent(String request) throws Exception {
        McpClient agent = McpClient.connect(url.toURI().resolve("/mcp"), "operator");
        ObjectNode meta = Json.object().put("io.infrabridge/idempotency_key", key);
        List<JsonNode> messages = agent.callAndListen(
                "nfs_mount", Json.parse(request).path("arguments").toString(), meta);
        return messages.get(messages.size() - 1).path("result");
    }

    private static String idOf(String idempotencyKey) {
        return OperationId.of(ServiceName.GATEWAY, "key:operator", idempotencyKey);
    }

    private static Command command(String idempotencyKey, String version) {
        Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
        return new Command(
                idOf(idempotencyKey),
                ServiceName.GATEWAY,
                "nfs_mount",
                "mount",
                Json.parse(ARGUMENTS.replace("\"4.1\"", "\"" + version + "\"")),
                "app-server-01",
                "key:operator",
                Set.of("operator"),
                Optional.empty(),
                Optional.of(idempotencyKey),
                false,
                now,
                now.plusSeconds(30),
                Optional.empty());
    }

    private static String id(Accepted accepted) {
        return accepted instanceof Accepted.Now now
                ? now.operation().id()
                : ((Accepted.Before) accepted).known().operation().id();
    }

    /** Where commands of this test's key were published. */
    private List<String> published() {
        return read(true);
    }

    /** The commands of this test's key, those that are the same byte for byte once. */
    private List<String> commands() {
        return read(false).stream().distinct().toList();
    }

    private List<String> read(boolean places) {
        List<String> found = new ArrayList<>();
        try (KafkaConsumer<String, byte[]> reader = reader()) {
            for (var record : all(reader, Topics.commands(Domain.of("nfs")))) {
                if (new String(record.value(), java.nio.charset.StandardCharsets.UTF_8).contains('"' + key + '"')) {
                    found.add(
                            places
                                    ? record.partition() + ":" + record.offset()
                                    : new String(record.value(), java.nio.charset.StandardCharsets.UTF_8));
                }
            }
        }
        return found;
    }

    private static List<org.apache.kafka.clients.consumer.ConsumerRecord<String, byte[]>> all(
            KafkaConsumer<String, byte[]> reader, String topic) {
        List<TopicPartition> partitions = IntStream.range(0, Topics.PARTITIONS)
                .mapToObj(partition -> new TopicPartition(topic, partition))
                .toList();
        reader.assign(partitions);
        reader.seekToBeginning(partitions);
        Map<TopicPartition, Long> ends = reader.endOffsets(partitions);
        List<org.apache.kafka.clients.consumer.ConsumerRecord<String, byte[]>> records = new ArrayList<>();
        while (partitions.stream().anyMatch(partition -> reader.position(partition) < ends.get(partition))) {
            reader.poll(Duration.ofMillis(100)).forEach(records::add);
        }
        return records;
    }

    private long claimed() {
        try (KafkaConsumer<String, byte[]> reader = reader()) {
            return all(reader, Topics.IDEMPOTENCY).size();
        }
    }

    private static KafkaConsumer<String, byte[]> reader() {
        return new KafkaConsumer<>(
                Map.of("bootstrap.servers", World.configured("kafka.bootstrap.servers")),
                new org.apache.kafka.common.serialization.StringDeserializer(),
                new ByteArrayDeserializer());
    }

    private Replica replica() {
        return replica(100_000);
    }

    /** Another gateway's part in this, with a memory of its own. */
    private Replica replica(int rememberedKeys) {
        CommandConfiguration own = new CommandConfiguration() {
            @Override
            public int remembered() {
                return 1000;
            }

            @Override
            public int rememberedKeys() {
                return rememberedKeys;
            }

            @Override
            public int waiting() {
                return 1000;
            }

            @Override
            public int waitingPerCaller() {
                return 1000;
            }

            @Override
            public Duration drain() {
                return Duration.ZERO;
            }

            @Override
            public Duration publishTimeout() {
                return Duration.ofSeconds(10);
            }

            @Override
            public Duration grace() {
                return Duration.ofSeconds(2);
            }
        };
        Claims claims = new Claims(bean(SignedRecords.class), own, Clock.systemUTC());
        ClaimLog log =
                new ClaimLog(Map.of("bootstrap.servers", World.configured("kafka.bootstrap.servers")), claims, own);
        log.start(new StartupEvent());
        SignedPublisher publisher = bean(SignedPublisher.class);
        Replica replica = new Replica(
                new Acceptance(
                        new RecentOperations(new Watchers(), 1000),
                        claims,
                        log,
                        bean(FormerOperations.class),
                        publisher),
                log,
                publisher);
        replicas.add(replica);
        return replica;
    }

    private static <T> T bean(Class<T> type) {
        return CDI.current().select(type).get();
    }

    private record Replica(Acceptance acceptance, ClaimLog log, SignedPublisher publisher) {
        Accepted accept(Command command) {
            return acceptance.accept(command, Domain.of("nfs"), true).await().atMost(PATIENCE);
        }
    }
}
