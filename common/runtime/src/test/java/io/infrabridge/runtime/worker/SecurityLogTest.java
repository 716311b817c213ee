package io.infrabridge.runtime.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.infrabridge.contract.Json;
import io.infrabridge.contract.SecurityEvent;
import io.infrabridge.contract.SecurityEvent.Kind;
import io.infrabridge.contract.Topics;
import io.infrabridge.runtime.execution.SecurityEvents.Sighting;
import io.infrabridge.trust.inventory.Host;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.opentelemetry.context.Context;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SecurityLogTest {
    @TempDir
    private Path folder;

    @Test
    void putsWhatWasSeenOnRecordSignedByTheWorker() throws Exception {
        Bench bench = new Bench(folder);
        try {
            Host host = host(bench.domain.name());
            bench.security.happened(
                    Sighting.of(Kind.SSH_TUNNEL_OPENED, host).on("app1#1").saying("leads to db1:5432"), Context.root());

            ConsumerRecord<String, byte[]> record = bench.records(
                            Topics.SECURITY, seen -> seen.key().equals(host.name()), 1)
                    .get(0);

            SecurityEvent event = Json.read(record.value(), SecurityEvent.class);
            assertThat(event.kind()).isEqualTo(Kind.SSH_TUNNEL_OPENED);
            assertThat(event.address()).contains("10.0.0.11:2222");
            assertThat(event.user()).contains("infra");
            assertThat(event.via()).contains("bastion");
            assertThat(event.session()).contains("app1#1");
            assertThat(event.detail()).contains("leads to db1:5432");
            assertThat(new String(record.headers().lastHeader("signature").value(), StandardCharsets.US_ASCII))
                    .isEqualTo(bench.own().sign(Topics.SECURITY, record.value()));
        } finally {
            bench.close();
        }
    }

    @Test
    void countsWhatNobodyTakes() {
        SimpleMeterRegistry metrics = new SimpleMeterRegistry();
        SecurityLog log = new SecurityLog(metrics);

        log.happened(Sighting.of(Kind.SSH_SESSION_OPENED, host("app1")), Context.root());

        assertThat(metrics.counter("infrabridge.security.events.lost").count()).isEqualTo(1);
    }

    private static Host host(String name) {
        return new Host(
                name,
                List.of("10.0.0.11"),
                Optional.of(2222),
                "infra",
                Path.of("key"),
                Path.of("known_hosts"),
                Optional.of("bastion"),
                Optional.empty(),
                Map.of());
    }
}
