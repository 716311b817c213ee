package io.infrabridge.gateway.rest;

import static org.assertj.core.api.Assertions.assertThat;

import io.infrabridge.contract.Category;
import io.infrabridge.contract.DeadLetter;
import io.infrabridge.contract.EventType;
import io.infrabridge.contract.Failure;
import io.infrabridge.contract.Json;
import io.infrabridge.contract.SecurityEvent;
import io.infrabridge.contract.Topics;
import io.infrabridge.gateway.fixture.Caller.Answer;
import io.infrabridge.gateway.fixture.FakeAudit;
import io.infrabridge.gateway.fixture.GatewayFiles;
import io.infrabridge.gateway.fixture.World;
import io.infrabridge.testkit.BrokerResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(BrokerResource.class)
@QuarkusTestResource(GatewayFiles.class)
class DeadLettersTest {
    private static final byte[] VALUE = {'n', 'o', ' ', (byte) 0xff, 'J', 'S', 'O', 'N'};
    private static final String ID = "infra.commands.nfs:5:17";
    private static final String PATH = "/api/v1/dead-letters";

    @TestHTTPResource("/")
    URL url;

    private World world;
    private FakeAudit audit;

    @BeforeEach
    void settle() throws Exception {
        world = new World(url);
        world.settle();
        audit = world.audit();
        audit.found(records("infra.commands.nfs"));
    }

    @AfterEach
    void close() throws Exception {
        audit.close();
        world.close();
    }

    @Test
    void listsThemWithoutTheirValuesByTopicAndTime() throws Exception {
        Answer page =
                world.reader.get(PATH + "?topic=infra.commands.nfs&since=2026-03-01T00:00:00Z&cursor=abc&limit=10");

        assertThat(page.status()).isEqualTo(200);
        assertThat(page.text("/dead_letters/0/id")).isEqualTo(ID);
        assertThat(page.text("/dead_letters/0/failure/category")).isEqualTo("BAD_SIGNATURE");
        assertThat(page.json().at("/dead_letters/0").has("value")).isFalse();
        assertThat(page.text("/next_cursor")).isEqualTo("more");
        assertThat(audit.asked())
                .contains(
                        "type=dead-letter",
                        "key=infra.commands.nfs",
                        "from=2026-03-01T00%3A00%3A00Z",
                        "cursor=abc",
                        "limit=10");
    }

    @Test
    void showsOneWholeAndSaysWhichThereIsNot() throws Exception {
        assertThat(world.reader.get(PATH + "/" + ID).text("/value"))
                .isEqualTo(Base64.getEncoder().encodeToString(VALUE));
        audit.found("[]");
        assertThat(world.reader.get(PATH + "/" + ID).status()).isEqualTo(404);
        assertThat(world.reader.get(PATH + "/no%20id").status()).isEqualTo(404);
        assertThat(world.stranger.get(PATH).status()).isEqualTo(401);
    }

    @Test
    void replaysTheExactRecordToItsPlaceAndPutsOnRecordWhoDidItAndWhy() throws Exception {
        try (KafkaConsumer<String, byte[]> security = reader(Topics.SECURITY)) {
            Answer answer = world.admin.post(PATH + "/" + ID + "/replay", "{\"reason\":\"the key is trusted now\"}");

            assertThat(answer.status()).isEqualTo(202);
            assertThat(answer.text("/note")).contains("another dead letter");
            ConsumerRecord<String, byte[]> record = world.nfs.nextUnread();
            assertThat(record.partition()).isEqualTo(5);
            assertThat(record.key()).isEqualTo("app-server-01");
            assertThat(record.value()).isEqualTo(VALUE);
            assertThat(record.headers()).hasSize(2);
            assertThat(new String(record.headers().lastHeader("signature").value(), StandardCharsets.UTF_8))
                    .isEqualTo("theirs");
            SecurityEvent event = next(security, SecurityEvent.Kind.DEAD_LETTER_REPLAYED);
            assertThat(event.user()).contains("key:admin");
            assertThat(event.detail()).contains(ID + ": the key is trusted now");
        }
    }

    @Test
    void refusesAReplayByOthersWithoutAReasonAndOfWhatIsNoCommand() throws Exception {
        String replay = PATH + "/" + ID + "/replay";

        assertThat(world.operator.post(replay, "{\"reason\":\"because\"}").status())
                .isEqualTo(403);
        assertThat(world.admin.post(replay, "{}").status()).isEqualTo(400);
        assertThat(world.admin.post(replay, "{\"reason\":\" \"}").status()).isEqualTo(400);
        audit.found(records("infra.results"));
        assertThat(world.admin.post(replay, "{\"reason\":\"because\"}").status())
                .isEqualTo(409);
        audit.found("[]");
        assertThat(world.admin.post(replay, "{\"reason\":\"because\"}").status())
                .isEqualTo(404);
    }

    @Test
    void saysThatTheAuditIsAway() throws Exception {
        audit.close();

        assertThat(world.reader.get(PATH).text("/category")).isEqualTo("AUDIT_UNAVAILABLE");
    }

    private static String records(String topic) {
        DeadLetter letter = new DeadLetter(
                ID,
                topic,
                5,
                17,
                Optional.of("app-server-01"),
                Base64.getEncoder().encodeToString(VALUE),
                Map.of("ce_type", EventType.COMMAND.type() + "?", "signature", "theirs"),
                Failure.of(Category.BAD_SIGNATURE, "It is not signed.", "Sign it."),
                "nfs-worker-1",
                Instant.parse("2026-03-01T10:00:00Z"));
        return "[{\"payload\":" + Json.text(letter) + "}]";
    }

    private static SecurityEvent next(KafkaConsumer<String, byte[]> security, SecurityEvent.Kind kind)
            throws Exception {
        List<SecurityEvent> events = new ArrayList<>();
        World.until("there is a security event " + kind, () -> {
            security.poll(Duration.ofMillis(100)).forEach(record -> {
                SecurityEvent event = Json.read(record.value(), SecurityEvent.class);
                if (event.kind() == kind) {
                    events.add(event);
                }
            });
            return !events.isEmpty();
        });
        return events.get(0);
    }

    private static KafkaConsumer<String, byte[]> reader(String topic) {
        KafkaConsumer<String, byte[]> consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", World.configured("kafka.bootstrap.servers")),
                new StringDeserializer(),
                new ByteArrayDeserializer());
        List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                .map(info -> new TopicPartition(info.topic(), info.partition()))
                .toList();
        consumer.assign(partitions);
        consumer.seekToEnd(partitions);
        partitions.forEach(consumer::position);
        return consumer;
    }
}
