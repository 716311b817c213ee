package io.infrabridge.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.infrabridge.contract.CatalogueAnnouncement;
import io.infrabridge.contract.Command;
import io.infrabridge.contract.Domain;
import io.infrabridge.contract.EventType;
import io.infrabridge.contract.Json;
import io.infrabridge.contract.OperationDescriptor;
import io.infrabridge.contract.Risk;
import io.infrabridge.contract.SecurityEvent;
import io.infrabridge.contract.State;
import io.infrabridge.contract.TargetKind;
import io.infrabridge.contract.Topics;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** From records on Kafka to signed health events on Kafka, which are records again. */
@QuarkusTest
@QuarkusTestResource(AuditServers.class)
class AnomaliesTest {
    private static final Domain NFS = Domain.of("nfs");
    private static final int THRESHOLD = 10;

    private final String id = Samples.id();
    private final String host = "host-" + id;
    private final String caller = "caller-" + id;

    @Test
    void tellsOfACallerWhoIsRefusedAgainAndAgain() {
        double before = Audit.metric("infrabridge_anomalies_total{kind=\"repeated_refusals\"");
        for (int i = 0; i < THRESHOLD; i++) {
            Command command = Samples.mount(Samples.id(), host, caller);
            Sender.GATEWAY.send(
                    Topics.RESULTS,
                    EventType.RESULT,
                    "result-" + command.id(),
                    command.id(),
                    Samples.mounted(command, State.REJECTED));
        }

        assertThat(anomaly(host)).contains("10 refused requests", caller);
        assertThat(Audit.metric("infrabridge_anomalies_total{kind=\"repeated_refusals\""))
                .isEqualTo(before + 1);
    }

    @Test
    void tellsOfABurstOfDestructiveRequestsAndBelievesTheWorkersOwnCatalogueAlone() {
        announce(Sender.NAS_WORKER);
        announce(Sender.NFS_WORKER);
        Audit.awaitRecords(1, "type", "catalogue", "issuer", "nfs-worker-" + id);

        for (int i = 0; i < THRESHOLD; i++) {
            Command command = Samples.mount(Samples.id(), host, caller);
            Sender.GATEWAY.send(Topics.commands(NFS), EventType.COMMAND, command.id(), host, command);
        }

        assertThat(anomaly(host)).contains("10 destructive requests", caller);
    }

    @Test
    void tellsOfAnAddressThatTriesKeys() {
        SecurityEvent attempts = new SecurityEvent(
                id,
                SecurityEvent.Kind.REQUEST_REFUSED,
                host,
                Optional.of("192.0.2.7"),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                250,
                Optional.of("401 /mcp"),
                "gateway",
                Instant.now());
        Sender.GATEWAY.send(Topics.SECURITY, EventType.SECURITY, id, host, attempts);

        assertThat(Audit.awaitRecords(1, "target", host, "type", "security").get(0))
                .containsEntry("signer", "gateway-1");
        assertThat(anomaly(host)).contains("address 192.0.2.7");
    }

    @Test
    void aForgedRefusalIsNobodysFault() {
        for (int i = 0; i < THRESHOLD; i++) {
            Command command = Samples.mount(Samples.id(), host, caller);
            Sender.FORGER.send(
                    Topics.RESULTS,
                    EventType.RESULT,
                    "result-" + command.id(),
                    command.id(),
                    Samples.mounted(command, State.REJECTED));
        }
        Audit.awaitRecords(THRESHOLD, "target", host);

        // what is struck by somebody else afterwards comes out behind where this one would be
        String other = "other-" + host;
        SecurityEvent marker = new SecurityEvent(
                "marker-" + id,
                SecurityEvent.Kind.REQUEST_REFUSED,
                other,
                Optional.of("192.0.2.8 " + id),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                THRESHOLD,
                Optional.empty(),
                "gateway",
                Instant.now());
        Sender.GATEWAY.send(Topics.SECURITY, EventType.SECURITY, marker.id(), other, marker);
        anomaly(other);
        assertThat(Audit.records("target", host, "type", "health")).isEmpty();
    }

    private static String anomaly(String target) {
        Map<String, Object> record =
                Audit.awaitRecords(1, "target", target, "type", "health").get(0);
        assertThat(record).containsEntry("signer", "audit-service").containsEntry("state", "DEGRADED");
        assertThat(record).extracting("payload").extracting("kind").isEqualTo("anomaly");
        return String.valueOf(record.get("payload"));
    }

    private void announce(Sender worker) {
        Risk risk = worker == Sender.NFS_WORKER ? Risk.DESTRUCTIVE : Risk.READ;
        OperationDescriptor mount = new OperationDescriptor(
                "nfs_mount",
                "mount",
                List.of(),
                risk,
                true,
                TargetKind.HOST,
                "mounts",
                "mounts",
                Json.object(),
                Json.object(),
                Set.of(),
                60);
        CatalogueAnnouncement announcement =
                new CatalogueAnnouncement(NFS, "nfs-worker-" + id, "1", "digest", List.of(mount), Instant.now());
        worker.send(Topics.CATALOGUE, EventType.CATALOGUE, Samples.id(), "nfs", announcement);
    }
}
