package io.infrabridge.runtime.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.infrabridge.contract.Reservation;
import io.infrabridge.runtime.allowance.Verdict;
import io.infrabridge.testkit.TestBroker;
import io.infrabridge.trust.ConfigurationFile;
import io.infrabridge.trust.signature.SigningKey;
import io.infrabridge.trust.signature.TrustFile;
import io.infrabridge.trust.signature.TrustStore;
import io.infrabridge.trust.signature.TrustedKey;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.consumer.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The log of all reservations on a real broker, read by one worker. */
class SharedAllowancesTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final KafkaClients kafka = new KafkaClients(TestBroker.bootstrapServers());
    private final SigningKey key = SigningKey.generate("nfs-worker");
    private final AtomicInteger readers = new AtomicInteger();
    private @TempDir Path folder;

    @Test
    void readsOnThoughItsFirstReaderFailedInAWayThatNobodyForesaw() throws IOException {
        Path trusted = folder.resolve("trust.yaml");
        ConfigurationFile.write(trusted, new TrustFile(List.of(TrustedKey.worker(key, "nfs-worker", "nfs"))));
        TrustStore trust = TrustStore.read(trusted);
        try (Outbox outbox = new Outbox(kafka.producer());
                SharedAllowances allowances = new SharedAllowances(
                        "nfs",
                        new Publisher(outbox, key, "nfs-worker", Clock.systemUTC()),
                        this::failingFirst,
                        () -> trust)) {
            String operation = "gateway/" + UUID.randomUUID();
            List<Reservation.Charge> charges =
                    List.of(new Reservation.Charge("limit:one", "limit:one/" + operation, 1, "PT24H"));

            Verdict verdict = allowances.reserve(operation, charges).await().atMost(PATIENCE);

            assertThat(verdict.exhausted()).isEmpty();
            assertThat(readers).hasValue(2);
        }
    }

    private Consumer<String, byte[]> failingFirst() {
        if (readers.incrementAndGet() == 1) {
            throw new IllegalStateException("as a bug would");
        }
        return kafka.reader();
    }
}
