package io.infrabridge.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.infrabridge.contract.Command;
import io.infrabridge.contract.Domain;
import io.infrabridge.contract.EventType;
import io.infrabridge.contract.Json;
import io.infrabridge.contract.Topics;
import io.infrabridge.testkit.TestBroker;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;

/** How fast the audit catches up with what came while PostgreSQL was away. Run by hand, half a minute. */
@QuarkusTest
@QuarkusTestResource(AuditServers.class)
class CatchUpRate {
    private static final int EVENTS = Integer.getInteger("infrabridge.events", 50_000);
    private static final String COMMANDS = Topics.commands(Domain.of("nfs"));
    private static final Duration LONGEST = Duration.ofMinutes(10);

    private final String caller = "caller-" + Samples.id();

    @Test
    void storesEverythingThatCameMeanwhile() throws Exception {
        Command first = Samples.mount(Samples.id(), "host", "before-" + caller);
        Sender.GATEWAY.send(COMMANDS, EventType.COMMAND, first.id(), first.target(), first);
        Audit.awaitState(first.id(), "ACCEPTED");
        AuditDatabase.stop();
        publish();
        Instant begin = Instant.now();
        AuditDatabase.startAgain();
        Instant end = begin.plus(LONGEST);
        while (stored() < EVENTS) {
            assertThat(Instant.now()).isBefore(end);
            LockSupport.parkNanos(200_000_000);
        }

        double seconds = Duration.between(begin, Instant.now()).toMillis() / 1000.0;
        assertThat(stored()).isEqualTo(EVENTS);
        System.out.printf(
                "audit: %d events in %.1f s from the start of PostgreSQL, %.0f/s%n", EVENTS, seconds, EVENTS / seconds);
    }

    private long stored() throws Exception {
        return Long.parseLong(
                AuditDatabase.rows("select count(*) as stored from audit_records where caller = '" + caller + "'")
                        .get(0)
                        .get("stored"));
    }

    private void publish() {
        try (KafkaProducer<String, byte[]> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", TestBroker.bootstrapServers(), "acks", "all", "linger.ms", 5),
                new StringSerializer(),
                new ByteArraySerializer())) {
            for (int i = 0; i < EVENTS; i++) {
                Command command = Samples.mount(Samples.id(), "host-" + i % 100, caller);
                byte[] value = Json.bytes(command);
                ProducerRecord<String, byte[]> record = new ProducerRecord<>(COMMANDS, command.target(), value);
                Sender.GATEWAY
                        .headers(COMMANDS, EventType.COMMAND.type(), command.id(), value)
                        .forEach((name, content) -> record.headers().add(name, content));
                producer.send(record);
            }
        }
    }
}
