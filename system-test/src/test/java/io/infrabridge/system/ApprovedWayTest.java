package io.infrabridge.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.infrabridge.contract.Json;
import io.infrabridge.system.Way.Request;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A service asks for a change that has to be approved, a person with another key approves its plan, and the trail knows. */
@RequiresLab
@ExtendWith(RunningSystem.class)
class ApprovedWayTest {
    private static final String PACKAGE = "infrabridge-hello";
    private static final Duration PARKED_WITHIN = Duration.ofSeconds(30);

    private final Rest rest;
    private final Clients clients;

    ApprovedWayTest(Rest rest, Clients clients) {
        this.rest = rest;
        this.clients = clients;
    }

    @BeforeEach
    @AfterEach
    void leaveTheHostAsItWas() {
        Lab.on(LocalConfiguration.APPROVED_HOST, "sudo", "-n", "apt-get", "purge", "--yes", PACKAGE, PACKAGE + "-data")
                .successful();
    }

    @Test
    void runsExactlyTheApprovedPlanAndTheTrailNamesTheApprover() {
        CompletableFuture<JsonNode> asked = CompletableFuture.supplyAsync(() ->
                Way.KAFKA.call(clients, rest, Request.packages("install", PACKAGE, LocalConfiguration.APPROVED_HOST)));
        JsonNode waiting = Eventually.get("the change waits for approval", PARKED_WITHIN, this::waiting);
        String id = waiting.path("id").asText();
        String hash = waiting.at("/approval/plan_hash").asText();
        assertThat(waiting.at("/steps/0/command").toString()).contains("mkdir", "/run/infrabridge/running/" + id);
        assertThat(waiting.at("/steps/1/command").toString()).contains("apt-get", "install", PACKAGE);
        assertThat(Lab.on(LocalConfiguration.APPROVED_HOST, "dpkg-query", "--show", PACKAGE)
                        .exitCode())
                .isNotZero();

        Rest.Answer unnamed = decide(id, Json.object().put("decision", "approve"));
        Rest.Answer approved = decide(
                id,
                Json.object().put("decision", "approve").put("plan_hash", hash).put("comment", "as planned"));
        JsonNode result = asked.join();

        assertThat(unnamed.status()).isEqualTo(400);
        assertThat(approved.status()).as(approved.body().toPrettyString()).isIn(200, 202);
        assertThat(result.path("state").asText()).as(result.toPrettyString()).isEqualTo("SUCCEEDED");
        assertThat(changes(result)).isEqualTo(changes(waiting));
        assertThat(result.at("/steps").findValuesAsText("description"))
                .contains("Mark that it runs", "Remove the mark that it runs");
        assertThat(Lab.on(LocalConfiguration.APPROVED_HOST, "ls", "/run/infrabridge/running")
                        .successful())
                .as("marks that were left")
                .doesNotContain(id);
        AuditTrail trail = new AuditTrail(rest);
        JsonNode decision = trail.record(id, "approval-decision");
        assertThat(decision.path("caller").asText()).isEqualTo("key:admin");
        assertThat(decision.at("/payload/plan_hash").asText()).isEqualTo(hash);
        assertThat(decision.at("/payload/comment").asText()).isEqualTo("as planned");
        assertThat(trail.record(id, "approval-answered").path("state").asText()).isEqualTo("RUNNING");
        assertThat(trail.result(id).at("/payload/approval/decisions/0/caller").asText())
                .isEqualTo("key:admin");
    }

    private Optional<JsonNode> waiting() {
        return StreamSupport.stream(
                        rest.get("/api/v1/operations", Map.of("state", "AWAITING_APPROVAL"))
                                .body()
                                .path("operations")
                                .spliterator(),
                        false)
                .findFirst();
    }

    private Rest.Answer decide(String id, ObjectNode body) {
        return rest.post("/api/v1/operations/" + id + "/approval", body);
    }

    private static List<JsonNode> changes(JsonNode operation) {
        return StreamSupport.stream(operation.path("steps").spliterator(), false)
                .filter(step -> step.path("phase").asText().equals("change"))
                .map(step -> step.path("command"))
                .toList();
    }
}
