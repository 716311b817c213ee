package io.infrabridge.gateway.rest;

import static org.assertj.core.api.Assertions.assertThat;

import io.infrabridge.contract.Json;
import io.infrabridge.contract.SecurityEvent;
import io.infrabridge.contract.Topics;
import io.infrabridge.gateway.fixture.FakeAudit;
import io.infrabridge.gateway.fixture.GatewayFiles;
import io.infrabridge.gateway.fixture.World;
import io.infrabridge.testkit.BrokerResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.InputStream;
import java.net.URI;
import java.net.URL;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
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
class AttemptsAndExportsTest {
    @TestHTTPResource("/")
    URL url;

    private World world;

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
    void putsRequestsWithoutAValidKeyOnRecordTogether() throws Exception {
        String path = "/api/v1/tools/" + System.nanoTime();
        try (KafkaConsumer<String, byte[]> security = security()) {
            for (int i = 0; i < 25; i++) {
                assertThat(world.stranger.get(path).status()).isEqualTo(401);
            }

            List<ConsumerRecord<String, byte[]>> records = new ArrayList<>();
            World.until("all are counted", () -> {
                security.poll(Duration.ofMillis(100)).forEach(records::add);
                return count(records) >= 25;
            });

            assertThat(records).hasSizeLessThan(25);
            SecurityEvent event = Json.read(records.get(0).value(), SecurityEvent.class);
            assertThat(event.kind()).isEqualTo(SecurityEvent.Kind.REQUEST_REFUSED);
            assertThat(event.address()).contains("127.0.0.1");
            assertThat(event.detail().orElseThrow()).startsWith("401 ");
            assertThat(new String(
                            records.get(0).headers().lastHeader("signature").value(), StandardCharsets.US_ASCII))
                    .isEqualTo(world.keyOf("gateway")
                            .sign(Topics.SECURITY, records.get(0).value()));
        }
    }

    @Test
    void passesAnExportOnWhileItIsBeingMade() throws Exception {
        assertThat(world.stranger.get("/api/v1/audit/export").status()).isEqualTo(401);
        assertThat(world.reader.get("/api/v1/audit/export").text("/category")).isEqualTo("AUDIT_UNAVAILABLE");
        try (FakeAudit audit = world.audit()) {
            HttpRequest request = HttpRequest.newBuilder(URI.create(url + "api/v1/audit/export?chain=a"))
                    .header("Authorization", "Bearer reader-secret")
                    .build();
            HttpResponse<InputStream> answer =
                    HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofInputStream());
            try (InputStream body = answer.body()) {
                assertThat(answer.statusCode()).isEqualTo(200);
                assertThat(answer.headers().firstValue("Content-Type").orElseThrow())
                        .startsWith("application/x-ndjson");
                assertThat(body.readNBytes(FakeAudit.AT_ONCE / 2)).hasSize(FakeAudit.AT_ONCE / 2);

                audit.sendTheRest();

                byte[] rest = body.readAllBytes();
                assertThat(new String(rest, rest.length - 9, 9, StandardCharsets.UTF_8))
                        .isEqualTo("the rest\n");
            }
        }
    }

    private static long count(List<ConsumerRecord<String, byte[]>> records) {
        return records.stream()
                .mapToLong(
                        record -> Json.read(record.value(), SecurityEvent.class).count())
                .sum();
    }

    /** From its end on. */
    private static KafkaConsumer<String, byte[]> security() {
        KafkaConsumer<String, byte[]> consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", World.configured("kafka.bootstrap.servers")),
                new StringDeserializer(),
                new ByteArrayDeserializer());
        List<TopicPartition> partitions = consumer.partitionsFor(Topics.SECURITY).stream()
                .map(info -> new TopicPartition(info.topic(), info.partition()))
                .toList();
        consumer.assign(partitions);
        consumer.seekToEnd(partitions);
        partitions.forEach(consumer::position);
        return consumer;
    }
}
