package io.infrabridge.server.health;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.infrabridge.contract.Json;
import io.infrabridge.runtime.operation.Captured;
import io.infrabridge.runtime.operation.Output;
import io.infrabridge.runtime.operation.Rehearsal;
import io.infrabridge.runtime.operation.UnexpectedOutput;
import org.junit.jupiter.api.Test;

final class CheckServerTest {
    private final Rehearsal<?, ?> check = new Rehearsal<>(new CheckServer(), "{'operation':'health'}");
    private final Output[] seen = {
        Captured.output("cat-proc"),
        Captured.output("head-stat-first"),
        Captured.output("nproc"),
        Captured.output("uname"),
        Captured.output("cat-os-release"),
        Captured.output("df"),
        Captured.output("systemctl-none-failed"),
        Output.of(""),
        Captured.output("head-stat-second")
    };

    @Test
    void reportsMeasuresOfARealHost() {
        JsonNode health = check.seen(seen);
        assertThat(health.path("hostname").asText()).isEqualTo("app1");
        assertThat(health.path("distro").asText()).isEqualTo("Debian GNU/Linux 12 (bookworm)");
        assertThat(health.path("kernel").asText()).startsWith("6.18");
        assertThat(health.path("cpu_count").asInt()).isEqualTo(2);
        assertThat(health.path("cpu_percent").asDouble()).isEqualTo(100.0);
        assertThat(health.path("load1").asDouble()).isEqualTo(11.28);
        assertThat(health.path("uptime_seconds").asLong()).isEqualTo(3717);
        assertThat(health.path("memory_total_bytes").asLong()).isEqualTo(24684092L * 1024);
        assertThat(health.path("memory_available_bytes").asLong()).isEqualTo(22672148L * 1024);
        assertThat(health.path("disks").get(0)).isEqualTo(Json.parse("""
                        {"source":"lab-app1","filesystem":"overlay","mount_point":"/","size_bytes":270553174016,
                         "used_bytes":28816097280,"available_bytes":80128196608,"used_percent":26.5,
                         "inodes_used_percent":3.1}"""));
        assertThat(health.path("failed_units")).isEmpty();
    }

    @Test
    void isDegradedByALoadOfTwoForEachProcessor() {
        JsonNode health = check.seen(seen);
        assertThat(health.path("status").asText()).isEqualTo("degraded");
        assertThat(health.path("issues").get(0).asText()).isEqualTo("load 5.44 over five minutes on 2 processors");
    }

    @Test
    void isHealthyWhereNothingIsWrong() {
        seen[2] = Output.of("8\n");
        assertThat(check.seen(seen).path("status").asText()).isEqualTo("healthy");
        assertThat(check.seen(seen).path("issues")).isEmpty();
    }

    @Test
    void namesFailedUnits() {
        seen[2] = Output.of("8\n");
        seen[6] = Captured.output("systemctl-one-failed");
        JsonNode health = check.seen(seen);
        assertThat(health.path("failed_units").get(0).asText()).isEqualTo("infrabridge-broken.service");
        assertThat(health.path("status").asText()).isEqualTo("degraded");
    }

    @Test
    void hasNoFailedUnitsWhereThereIsNoSystemd() {
        seen[6] = Captured.error(1, "systemctl-no-systemd");
        assertThat(check.seen(seen).path("failed_units")).isEmpty();
        seen[6] = Output.failed(Output.NOT_FOUND, "");
        assertThat(check.seen(seen).path("failed_units")).isEmpty();
    }

    @Test
    void isFailedByAFullDisk() {
        seen[5] = Output.of(Captured.text("df").replace("80128196608", "100"));
        assertThat(check.seen(seen).path("status").asText()).isEqualTo("failed");
        assertThat(check.seen(seen).path("issues").toString()).contains("/ is 100.0 % full");
    }

    @Test
    void doesNotUnderstandGarbage() {
        for (int i = 0; i < seen.length; i++) {
            if (i != 4 && i != 6 && i != 7) {
                Output kept = seen[i];
                seen[i] = Output.of("\u0000 garbage\n\n!!! 1 2 3");
                assertThatThrownBy(() -> check.seen(seen)).isInstanceOf(UnexpectedOutput.class);
                seen[i] = kept;
            }
        }
    }

    @Test
    void neverTouchesNetworkFileSystems() {
        assertThat(check.probe()).anySatisfy(argv -> assertThat(argv).startsWith("df", "-l"));
        assertThat(check.plan(seen)).isEmpty();
    }
}
