package io.infrabridge.runtime.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.infrabridge.contract.HealthEvent;
import io.infrabridge.contract.HealthEvent.Status;
import io.infrabridge.contract.Json;
import io.infrabridge.contract.Topics;
import io.infrabridge.trust.inventory.Host;
import io.opentelemetry.context.Context;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TargetHealthTest {
    @TempDir
    private Path folder;

    private Bench bench;
    private Host host;

    @BeforeEach
    void start() throws Exception {
        bench = new Bench(folder);
        host = new Host(
                bench.domain.name() + "-host",
                List.of("10.0.0.11"),
                Optional.empty(),
                "infra",
                Path.of("key"),
                Path.of("known_hosts"),
                Optional.empty(),
                Optional.empty(),
                Map.of());
    }

    @AfterEach
    void stop() throws InterruptedException {
        bench.close();
    }

    @Test
    void tellsThatAHostIsLeftAloneAndThatItAnswersAgain() {
        bench.health.seen("host", host.name(), Status.FAILED, List.of("No route to it."), Context.root());
        bench.health.givenUp(host, "It is left alone.");
        assertThat(gauge()).isEqualTo(1);
        assertThat(bench.metrics
                        .get("infrabridge.host.breaker.openings")
                        .tag("host", host.name())
                        .counter()
                        .count())
                .isEqualTo(1);
        bench.health.answersAgain(host);
        assertThat(gauge()).isZero();
        // the first operation that succeeds there is no further news
        bench.health.seen("host", host.name(), Status.HEALTHY, List.of(), Context.root());
        bench.health.givenUp(host, "Once more.");

        List<HealthEvent> told = news(4);

        assertThat(told).extracting(HealthEvent::kind).containsOnly("host");
        assertThat(told).extracting(HealthEvent::subject).containsOnly(host.name());
        assertThat(told)
                .extracting(HealthEvent::status)
                .containsExactly(Status.FAILED, Status.FAILED, Status.HEALTHY, Status.FAILED);
        assertThat(told.get(1).issues()).containsExactly("It is left alone.");
    }

    @Test
    void keepsQuietOfATargetThatWasNeverAway() {
        bench.health.seen("host", host.name(), Status.HEALTHY, List.of(), Context.root());
        bench.health.seen("host", host.name(), Status.FAILED, List.of("Gone."), Context.root());
        bench.health.seen("host", host.name(), Status.FAILED, List.of("Still gone."), Context.root());
        bench.health.seen("host", host.name(), Status.HEALTHY, List.of(), Context.root());

        assertThat(news(2)).extracting(HealthEvent::status).containsExactly(Status.FAILED, Status.HEALTHY);
    }

    private double gauge() {
        return bench.metrics
                .get("infrabridge.host.breaker.open")
                .tag("host", host.name())
                .gauge()
                .value();
    }

    private List<HealthEvent> news(int count) {
        return bench.records(Topics.HEALTH, record -> record.key().equals(host.name()), count).stream()
                .sorted(Comparator.comparingLong(ConsumerRecord::offset))
                .map(record -> Json.read(record.value(), HealthEvent.class))
                .toList();
    }
}
