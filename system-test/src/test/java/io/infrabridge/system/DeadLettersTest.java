package io.infrabridge.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.infrabridge.contract.Domain;
import io.infrabridge.contract.Json;
import io.infrabridge.contract.Topics;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What nobody can believe is set aside, found and replayed; being replayed makes it no more believable. */
@ExtendWith(RunningSystem.class)
class DeadLettersTest {
    private static final String TOPIC = Topics.commands(Domain.of("server"));
    private static final Duration SET_ASIDE_WITHIN = Duration.ofSeconds(30);

    private final LocalSystem system;
    private final Rest rest;

    DeadLettersTest(LocalSystem system, Rest rest) {
        this.system = system;
        this.rest = rest;
    }

    @Test
    void whatIsReplayedIsTheSameRecordAndIsSetAsideAgain() {
        Instant begun = Instant.now().minusSeconds(60);
        byte[] value = ("{\"no command\":" + System.nanoTime() + "}").getBytes(StandardCharsets.UTF_8);
        try (KafkaProducer<String, byte[]> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", system.kafka()), new StringSerializer(), new ByteArraySerializer())) {
            producer.send(new ProducerRecord<>(TOPIC, 3, "poison", value));
        }
        JsonNode first = setAside(begun, value, "");

        Rest.Answer replayed = rest.post(
                "/api/v1/dead-letters/" + first.path("id").asText() + "/replay",
                Json.object().put("reason", "to see it refused again"));
        JsonNode second = setAside(begun, value, first.path("id").asText());

        assertThat(replayed.status()).as(replayed.body().toString()).isEqualTo(202);
        assertThat(second.path("partition").asInt()).isEqualTo(3);
        assertThat(second.path("key").asText()).isEqualTo("poison");
        assertThat(second.path("headers")).isEqualTo(first.path("headers"));
        Eventually.isTrue(
                "the replay is on record",
                SET_ASIDE_WITHIN,
                () -> rest.get("/api/v1/audit", Map.of("type", "security", "limit", "500"))
                        .body()
                        .toString()
                        .contains("to see it refused again"));
    }

    private JsonNode setAside(Instant since, byte[] value, String notThis) {
        String expected = Base64.getEncoder().encodeToString(value);
        return Eventually.get("it is set aside", SET_ASIDE_WITHIN, () -> {
            Rest.Answer page = rest.get("/api/v1/dead-letters", Map.of("topic", TOPIC, "since", since.toString()));
            for (JsonNode letter : page.body().path("dead_letters")) {
                String id = letter.path("id").asText();
                JsonNode whole = rest.get("/api/v1/dead-letters/" + id).body();
                if (!id.equals(notThis) && whole.path("value").asText().equals(expected)) {
                    return Optional.of(whole);
                }
            }
            return Optional.empty();
        });
    }
}
