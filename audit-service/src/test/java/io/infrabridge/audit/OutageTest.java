package io.infrabridge.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.infrabridge.contract.Command;
import io.infrabridge.contract.Domain;
import io.infrabridge.contract.EventType;
import io.infrabridge.contract.Topics;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(AuditServers.class)
class OutageTest {
    private static final int EVENTS = 100;

    private final String caller = "caller-" + Samples.id();

    @Test
    void losesNothingAndDoublesNothingWhilePostgresIsAway() {
        send(0);
        Audit.awaitRecords(1, "caller", caller);

        AuditDatabase.stop();
        try {
            for (int i = 1; i < EVENTS; i++) {
                send(i);
            }
            answersThatItIsAway("/api/v1/audit");
            answersThatItIsAway("/api/v1/operations");
            answersThatItIsAway("/api/v1/operations/" + Samples.id());
            Audit.until(() -> Audit.get("/q/health/ready"), response -> response.statusCode() == 503);
        } finally {
            AuditDatabase.startAgain();
        }

        List<Map<String, Object>> records = Audit.until(() -> recorded(), found -> found.size() >= EVENTS);
        assertThat(records).hasSize(EVENTS).extracting("target").doesNotHaveDuplicates();
        Audit.until(() -> Audit.get("/q/health/ready"), response -> response.statusCode() == 200);
    }

    private List<Map<String, Object>> recorded() {
        Response response = Audit.get("/api/v1/audit", "caller", caller, "limit", 500);
        return response.statusCode() == 200 ? response.jsonPath().getList("records") : List.of();
    }

    private void send(int number) {
        Command command = Samples.mount(Samples.id(), "host-" + number + caller, caller);
        Sender.GATEWAY.send(
                Topics.commands(Domain.of("nfs")), EventType.COMMAND, command.id(), command.target(), command);
    }

    private static void answersThatItIsAway(String path) {
        Instant asked = Instant.now();
        Response response = Audit.get(path);

        assertThat(Duration.between(asked, Instant.now())).isLessThan(Duration.ofSeconds(2));
        assertThat(response.statusCode()).as(response.asString()).isEqualTo(503);
        assertThat(response.contentType()).startsWith("application/problem+json");
        assertThat(response.header("Retry-After")).isNotNull();
        assertThat(response.jsonPath().getString("category")).isEqualTo("AUDIT_UNAVAILABLE");
    }
}
