package io.infrabridge.runtime.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.infrabridge.contract.Domain;
import io.infrabridge.contract.Topics;
import io.infrabridge.runtime.execution.Fenced;
import io.infrabridge.testkit.TestBroker;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The ledger on a real broker. */
class KafkaLedgerTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final Domain domain = Domain.of("t" + UUID.randomUUID().toString().substring(0, 8));
    private final KafkaClients kafka = new KafkaClients(TestBroker.bootstrapServers());
    private final Producer<String, byte[]> producer = kafka.producer();
    private final Outbox outbox = new Outbox(producer);

    @BeforeEach
    void create() {
        TestBroker.shared().create(Topics.all(List.of(domain)));
    }

    @AfterEach
    void close() {
        outbox.close();
    }

    @Test
    void tellsTheNextOwnerAllThatWasWritten() {
        KafkaLedger first = ledger();
        first.load(List.of());
        first.load(List.of(2, 3));
        write(first, 2, entry("a", LedgerEntry.Phase.CLAIMED));
        write(first, 2, entry("b", LedgerEntry.Phase.CLAIMED));
        write(first, 2, entry("b", LedgerEntry.Phase.FINISHED));
        first.published(2, "gateway/b");
        write(first, 2, entry("c", LedgerEntry.Phase.CLAIMED));
        write(first, 2, entry("d", LedgerEntry.Phase.FINISHED));

        KafkaLedger next = ledger();
        next.load(List.of(2));

        assertThat(next.open(2)).extracting(LedgerEntry::id).containsExactly("a", "c", "d");
        assertThat(next.find(2, "gateway/b").orElseThrow().finished()).isTrue();
        assertThat(next.find(2, "gateway/nothing")).isEmpty();
        assertThat(next.open(3)).isEmpty();
    }

    @Test
    void writesNothingForAPartitionThatItHasGivenUp() {
        KafkaLedger ledger = ledger();
        ledger.load(List.of(2));
        ledger.drop(List.of(2));

        assertThat(ledger.write(2, entry("a", LedgerEntry.Phase.CLAIMED)).subscribeAsCompletionStage())
                .failsWithin(PATIENCE)
                .withThrowableThat()
                .withCauseInstanceOf(Fenced.class);
        ledger.published(2, "gateway/a");
        assertThat(ledger.find(2, "gateway/a")).isEmpty();
    }

    @Test
    void readsOnAfterARecordThatIsNotItsOwn() throws Exception {
        for (String foreign : List.of("{", "{}", "{\"entry\":{}}")) {
            byte[] value = foreign.getBytes(StandardCharsets.UTF_8);
            producer.send(new ProducerRecord<>(Topics.ledger(domain), 2, "gateway/x", value))
                    .get();
        }
        producer.send(new ProducerRecord<>(Topics.ledger(domain), 2, "gateway/x", null))
                .get();
        KafkaLedger ledger = ledger();
        ledger.load(List.of(2));
        write(ledger, 2, entry("a", LedgerEntry.Phase.CLAIMED));

        KafkaLedger next = ledger();
        next.load(List.of(2));

        assertThat(next.open(2)).extracting(LedgerEntry::id).containsExactly("a");
    }

    private KafkaLedger ledger() {
        return new KafkaLedger(Topics.ledger(domain), outbox, kafka::reader);
    }

    private static void write(KafkaLedger ledger, int partition, LedgerEntry entry) {
        ledger.write(partition, entry).await().atMost(PATIENCE);
    }

    private static LedgerEntry entry(String id, LedgerEntry.Phase phase) {
        boolean finished = phase == LedgerEntry.Phase.FINISHED;
        return new LedgerEntry(
                "gateway",
                id,
                "hash",
                phase,
                finished ? Optional.empty() : Optional.of(new LedgerEntry.Request(new byte[0], Map.of())),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                finished ? Optional.of(new byte[0]) : Optional.empty(),
                Instant.now());
    }
}
