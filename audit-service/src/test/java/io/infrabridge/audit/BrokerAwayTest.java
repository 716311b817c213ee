package io.infrabridge.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.infrabridge.contract.Command;
import io.infrabridge.contract.Domain;
import io.infrabridge.contract.EventType;
import io.infrabridge.contract.Json;
import io.infrabridge.contract.Topics;
import io.infrabridge.testkit.net.SeparateBroker;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;

/** {@code -Dinfrabridge.frozen-for=PT60S} makes the freeze longer than the group waits for a member. */
@QuarkusTest
@TestProfile(BrokerAwayTest.Alone.class)
class BrokerAwayTest {
    private static final String COMMANDS = Topics.commands(Domain.of("nfs"));
    private static final Duration FROZEN_FOR = Duration.parse(System.getProperty("infrabridge.frozen-for", "PT3S"));

    private final String caller = "caller-" + Samples.id();
    private int sent;

    @Test
    void recordsOnceWhatWasWrittenAroundAFreeze() {
        SeparateBroker broker = SeparateBrokerResource.broker();
        try (Producer<String, byte[]> producer = producer()) {
            send(producer, 50);
            awaitAll();
            send(producer, 50);
            broker.freeze();
            send(producer, 50);
            Instant thawing = Instant.now().plus(FROZEN_FOR);
            Audit.until(
                    () -> {
                        assertThat(Audit.get("/api/v1/audit", "caller", caller).statusCode())
                                .as("what is recorded can be read")
                                .isEqualTo(200);
                        return Instant.now();
                    },
                    now -> now.isAfter(thawing),
                    FROZEN_FOR.plusSeconds(30));
            broker.thaw();

            awaitAll();
            send(producer, 10);
            awaitAll();
        }
    }

    @Test
    void goesOnWhereItWasWhenTheBrokerHadDied() {
        SeparateBroker broker = SeparateBrokerResource.broker();
        try (Producer<String, byte[]> producer = producer()) {
            send(producer, 50);
            producer.flush();
            broker.kill();
            broker.startAgain();
            send(producer, 50);

            awaitAll();
        }
    }

    private void awaitAll() {
        List<String> targets = Audit.until(this::recorded, found -> found.size() >= sent, Duration.ofSeconds(90));
        assertThat(targets).hasSize(sent).doesNotHaveDuplicates();
        assertThat(Audit.get("/api/v1/audit/verify").jsonPath().getBoolean("verified"))
                .isTrue();
    }

    private List<String> recorded() {
        try {
            return AuditDatabase.rows("select target from audit_records where caller = '" + caller + "'").stream()
                    .map(row -> row.get("target"))
                    .toList();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private void send(Producer<String, byte[]> producer, int count) {
        for (int i = 0; i < count; i++) {
            Command command = Samples.mount(Samples.id(), "host-" + sent++ + caller, caller);
            byte[] value = Json.bytes(command);
            ProducerRecord<String, byte[]> record = new ProducerRecord<>(COMMANDS, command.target(), value);
            Sender.GATEWAY
                    .headers(COMMANDS, EventType.COMMAND.type(), command.id(), value)
                    .forEach((name, content) -> record.headers().add(name, content));
            producer.send(record);
        }
    }

    private static Producer<String, byte[]> producer() {
        return new KafkaProducer<>(
                Map.of("bootstrap.servers", SeparateBrokerResource.broker().bootstrapServers(), "acks", "all"),
                new StringSerializer(),
                new ByteArraySerializer());
    }

    /** A service on a broker of its own. */
    public static final class Alone implements QuarkusTestProfile {
        @Override
        public List<TestResourceEntry> testResources() {
            return List.of(
                    new TestResourceEntry(AuditServers.class), new TestResourceEntry(SeparateBrokerResource.class));
        }

        @Override
        public boolean disableGlobalTestResources() {
            return true;
        }
    }
}
