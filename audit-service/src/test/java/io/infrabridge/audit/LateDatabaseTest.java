package io.infrabridge.audit;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.infrabridge.contract.Command;
import io.infrabridge.contract.Domain;
import io.infrabridge.contract.EventType;
import io.infrabridge.contract.Topics;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.Response;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

@QuarkusTest
@TestProfile(LateDatabaseTest.Late.class)
class LateDatabaseTest {
    @Test
    void startsBeforeItsDatabaseAndRecordsOnceThatIsThere() {
        assertThat(Audit.get("/api/v1/audit").statusCode()).isEqualTo(503);
        assertThat(Audit.get("/q/health/ready").statusCode()).isEqualTo(503);
        assertThat(Audit.get("/q/health/live").statusCode()).isEqualTo(200);
        Command command = Samples.mount(Samples.id(), "late");
        Sender.GATEWAY.send(Topics.commands(Domain.of("nfs")), EventType.COMMAND, command.id(), "late", command);

        AuditDatabase.startAgain();

        Audit.awaitState(command.id(), "ACCEPTED");
        assertThat(Audit.records("operation_id", command.id())).hasSize(1);
    }

    @Test
    void letsNobodyInWithoutTheConfiguredToken() {
        for (Response refused : List.of(
                given().get("/api/v1/audit"),
                given().auth().oauth2("another").get("/api/v1/audit"),
                given().auth().oauth2("another").get("/api/v1/operations/x"))) {
            assertThat(refused.statusCode()).isEqualTo(401);
            assertThat(refused.header("WWW-Authenticate")).isEqualTo("Bearer");
            assertThat(refused.jsonPath().getString("category")).isEqualTo("UNAUTHENTICATED");
        }
    }

    /** A service that is started while PostgreSQL is away, and that wants a token. */
    public static final class Late implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of("infrabridge.audit.token", Audit.TOKEN);
        }

        @Override
        public List<TestResourceEntry> testResources() {
            return List.of(new TestResourceEntry(AuditServers.class, Map.of(AuditServers.LATE, "true")));
        }

        @Override
        public boolean disableGlobalTestResources() {
            return true;
        }
    }
}
