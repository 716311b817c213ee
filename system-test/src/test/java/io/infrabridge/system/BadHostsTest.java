package io.infrabridge.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Hosts that cannot or must not be operated: each has its own category, soon, and is on record. */
@RequiresLab
@ExtendWith(RunningSystem.class)
class BadHostsTest {
    private static final String SLOW = "infrabridge-never-ready.service";

    private final Rest rest;
    private final AuditTrail audit;

    BadHostsTest(Rest rest) {
        this.rest = rest;
        this.audit = new AuditTrail(rest);
    }

    @AfterEach
    void removeTheSlowService() {
        Lab.on("app2", "sudo", "-n", "systemctl", "stop", SLOW);
        Lab.on("app2", "sudo", "-n", "rm", "-f", "/run/systemd/system/" + SLOW).successful();
        Lab.on("app2", "sudo", "-n", "systemctl", "daemon-reload").successful();
    }

    @ParameterizedTest
    @CsvSource({
        "deadhost, HOST_UNREACHABLE, 20",
        "impostor, HOST_KEY_MISMATCH, 5",
        "locked, LOGIN_REFUSED, 5",
    })
    void isToldFromTheOthersAndOnRecord(String host, String category, int seconds) {
        Rest.Answer answer =
                rest.call("server_manage", "{\"operation\":\"health\",\"remote_target\":\"" + host + "\"}");

        assertFailed(answer, category, "FAILED");
        assertThat(answer.took()).isLessThan(Duration.ofSeconds(seconds));
    }

    @Test
    void commandThatDoesNotEndIsStoppedAtItsDeadline() {
        Lab.on(
                        "app2",
                        "printf",
                        "'[Service]\\nType=notify\\nTimeoutStartSec=300\\nExecStart=/bin/sleep 600\\n'",
                        "|",
                        "sudo",
                        "-n",
                        "tee",
                        "/run/systemd/system/" + SLOW)
                .successful();
        Lab.on("app2", "sudo", "-n", "systemctl", "daemon-reload").successful();

        Rest.Answer answer = rest.submit(
                Rest.request(
                                "server_manage",
                                "{\"operation\":\"service\",\"action\":\"start\",\"remote_target\":\"app2\","
                                        + "\"service_name\":\"" + SLOW + "\"}")
                        .put("timeout_seconds", 6),
                Map.of());

        assertFailed(answer, "TIMEOUT", "TIMED_OUT");
        assertThat(answer.took()).isBetween(Duration.ofSeconds(4), Duration.ofSeconds(30));
    }

    private void assertFailed(Rest.Answer answer, String category, String state) {
        assertThat(answer.status()).as(answer.body().toPrettyString()).isEqualTo(200);
        assertThat(answer.body().path("state").asText())
                .as(answer.body().toPrettyString())
                .isEqualTo(state);
        assertThat(answer.category()).isEqualTo(category);
        assertThat(answer.message()).isNotBlank().doesNotContain("Exception", "\tat ");
        assertThat(answer.hint()).isNotBlank();
        JsonNode record = audit.result(answer.operationId());
        assertThat(record.at("/payload/error/category").asText()).isEqualTo(category);
    }
}
