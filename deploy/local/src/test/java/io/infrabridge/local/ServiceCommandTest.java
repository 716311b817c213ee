package io.infrabridge.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ServiceCommandTest {
    private static final Layout LAYOUT = new Layout(Path.of("/opt/ib"), Path.of("/data"), Path.of("/config"));
    private static final Ports PORTS = Ports.of(Map.of(), 0);

    @Test
    void tellsEachServiceWhereToListenAndWhichKeyIsItsOwn() {
        Map<String, String> environment = command(Optional.empty()).environment(Instance.of(Part.NFS));
        assertThat(environment)
                .containsEntry("KAFKA_BOOTSTRAP_SERVERS", "127.0.0.1:9092")
                .containsEntry("QUARKUS_HTTP_HOST", "127.0.0.1")
                .containsEntry("QUARKUS_HTTP_PORT", "8082")
                .containsEntry("INFRABRIDGE_SIGNING_KEY_FILE", "/data/keys/nfs-worker.key")
                .containsEntry("INFRABRIDGE_INVENTORY", "/config/inventory.yaml")
                .doesNotContainKey("INFRABRIDGE_AUDIT_URL");
        assertThat(command(Optional.empty()).environment(Instance.of(Part.GATEWAY)))
                .containsEntry("INFRABRIDGE_AUDIT_URL", "http://127.0.0.1:8081");
    }

    @Test
    void givesASecondWorkerTheKeyOfTheFirstAndAPortOfItsOwn() {
        assertThat(command(Optional.empty()).environment(Instance.secondOf(Part.NFS)))
                .containsEntry("QUARKUS_HTTP_PORT", "8092")
                .containsEntry("INFRABRIDGE_SIGNING_KEY_FILE", "/data/keys/nfs-worker.key");
        assertThat(LAYOUT.log(Instance.secondOf(Part.NFS))).isEqualTo(Path.of("/data/logs/nfs-worker-2.log"));
    }

    @Test
    void sendsTracesOnlyWhereToldTo() {
        assertThat(command(Optional.empty())
                        .environment(Instance.of(Part.GATEWAY))
                        .get("QUARKUS_OTEL_EXPORTER_OTLP_ENDPOINT"))
                .isBlank();
        assertThat(command(Optional.of("http://jaeger:4317")).environment(Instance.of(Part.GATEWAY)))
                .containsEntry("QUARKUS_OTEL_EXPORTER_OTLP_ENDPOINT", "http://jaeger:4317");
    }

    private static ServiceCommand command(Optional<String> traces) {
        return new ServiceCommand(LAYOUT, PORTS, traces);
    }
}
