package io.infrabridge.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is wrong in the request itself is refused at the door, in words that help. */
@ExtendWith(RunningSystem.class)
class BadRequestsTest {
    private final Rest rest;

    BadRequestsTest(Rest rest) {
        this.rest = rest;
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "404 | UNKNOWN_TOOL     | server_manag  | {\"operation\":\"health\"}                       | server_manage",
                "400 | UNKNOWN_ACTION   | server_manage | {\"operation\":\"service\",\"action\":\"explode\",\"service_name\":\"nginx\"} | start",
                "400 | UNKNOWN_PROPERTY | server_manage | {\"operation\":\"service\",\"action\":\"status\",\"service\":\"nginx\"} | service_name",
                "400 | MISSING_PROPERTY | server_manage | {\"operation\":\"service\",\"action\":\"status\"}  | service_name",
                "400 | INVALID_ARGUMENT | server_manage | {\"operation\":\"package\",\"action\":\"install\",\"packages\":\"nginx\"} | packages",
                "404 | UNKNOWN_TARGET   | server_manage | {\"operation\":\"health\",\"remote_target\":\"nowhere\"} | nowhere"
            })
    void isRefusedWithItsCategoryAndAHintAndOnRecord(
            int status, String category, String tool, String arguments, String named) {
        Rest.Answer answer = rest.call(tool, arguments);

        assertThat(answer.status()).as(answer.body().toPrettyString()).isEqualTo(status);
        assertThat(answer.contentType()).startsWith("application/problem+json");
        assertThat(answer.category()).isEqualTo(category);
        assertThat(answer.message()).isNotBlank().doesNotContain("Exception", "\tat ");
        assertThat(answer.hint()).isNotBlank();
        assertThat(answer.body().toString()).contains(named);
        assertThat(answer.took()).isLessThan(Duration.ofSeconds(2));
        JsonNode record = new AuditTrail(rest).result(answer.operationId());
        assertThat(record.path("state").asText()).isEqualTo("REJECTED");
        assertThat(record.at("/payload/error/category").asText()).isEqualTo(category);
        assertThat(record.path("caller").asText()).isEqualTo("key:admin");
    }

    @Test
    void bodyThatIsNoJsonIsRefused() {
        Rest.Answer answer = rest.submit(Rest.request("", "{}"), Map.of());

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.hint()).isNotBlank();
    }

    @Test
    void callerWithoutAKeyIsRefused(LocalSystem system) {
        Rest.Answer answer = new Rest(system.gateway(), "ib_wrong").call("server_manage", "{\"operation\":\"health\"}");

        assertThat(answer.status()).isEqualTo(401);
    }
}
