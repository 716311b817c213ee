package io.infrabridge.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.infrabridge.system.Way.Request;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** One real operation after the other travels from a caller to a host behind a jump host, and back. */
@RequiresLab
@ExtendWith(RunningSystem.class)
class WholeWayTest {
    private static final String HOST = "app1";
    private static final String PACKAGE = "infrabridge-hello";
    private static final String SERVICE = "infrabridge-hello.service";

    private final Rest rest;
    private final Clients clients;
    private final AuditTrail audit;

    WholeWayTest(Rest rest, Clients clients) {
        this.rest = rest;
        this.clients = clients;
        this.audit = new AuditTrail(rest);
    }

    @BeforeEach
    @AfterEach
    void leaveTheHostAsItWas() {
        Lab.on(HOST, "sudo", "-n", "systemctl", "stop", SERVICE);
        Lab.on(HOST, "sudo", "-n", "apt-get", "purge", "--yes", PACKAGE, PACKAGE + "-data")
                .successful();
    }

    @ParameterizedTest
    @EnumSource
    void healthOfThisMachineIsTypedAndAudited(Way way) {
        JsonNode operation = way.call(clients, rest, Request.health("localhost"));

        assertSucceeded(operation, false);
        assertThat(operation.at("/output/cpu_count").asInt())
                .isEqualTo(Runtime.getRuntime().availableProcessors());
        assertThat(operation.at("/execution/mode").asText()).isEqualTo("local");
        assertAudited(operation, way, "localhost");
    }

    @ParameterizedTest
    @EnumSource
    void healthOfAHostBehindAJumpHostIsTypedAndAudited(Way way) {
        JsonNode operation = way.call(clients, rest, Request.health(HOST));

        assertSucceeded(operation, false);
        assertThat(operation.at("/output/hostname").asText()).isEqualTo(HOST);
        assertThat(operation.at("/output/memory_total_bytes").asLong()).isPositive();
        assertThat(operation.at("/execution/mode").asText()).isEqualTo("remote");
        assertThat(operation.at("/execution/user").asText()).isEqualTo("infra");
        assertAudited(operation, way, HOST);
    }

    @ParameterizedTest
    @EnumSource
    void packageIsInstalledItsServiceStartedAndBothTakenBack(Way way) {
        JsonNode installed = way.call(clients, rest, Request.packages("install", PACKAGE, HOST));
        assertSucceeded(installed, true);
        assertThat(installed.at("/output/packages/0/name").asText()).isEqualTo(PACKAGE);
        assertThat(installed.at("/output/packages/0/state").asText()).isEqualTo("installed");
        assertThat(installed.at("/output/others/0/name").asText()).isEqualTo(PACKAGE + "-data");
        assertThat(installed.at("/execution/sudo_required").asBoolean()).isTrue();
        assertThat(Lab.on(HOST, "dpkg-query", "--show", PACKAGE).exitCode()).isZero();

        JsonNode again = way.call(clients, rest, Request.packages("install", PACKAGE, HOST));
        assertSucceeded(again, false);

        JsonNode started = way.call(clients, rest, Request.service("start", SERVICE, HOST));
        assertSucceeded(started, true);
        assertThat(started.at("/output/active_state").asText()).isEqualTo("active");
        assertThat(Lab.on(HOST, "systemctl", "show", "--property=MainPID", "--value", SERVICE)
                        .output()
                        .strip())
                .isEqualTo(started.at("/output/main_pid").asText());

        JsonNode stopped = way.call(clients, rest, Request.service("stop", SERVICE, HOST));
        assertSucceeded(stopped, true);
        assertThat(Lab.on(HOST, "systemctl", "is-active", SERVICE).output().strip())
                .isEqualTo("inactive");

        JsonNode removed = way.call(clients, rest, Request.packages("remove", PACKAGE, HOST));
        assertSucceeded(removed, true);
        assertThat(removed.at("/output/packages/0/state").asText()).isEqualTo("absent");
        assertThat(Lab.on(HOST, "test", "-e", "/usr/bin/infrabridge-hello").exitCode())
                .isEqualTo(1);

        List.of(installed, again, started, stopped, removed).forEach(operation -> assertAudited(operation, way, HOST));
    }

    private static void assertSucceeded(JsonNode operation, boolean changed) {
        assertThat(operation.path("state").asText())
                .as(operation.toPrettyString())
                .isEqualTo("SUCCEEDED");
        assertThat(operation.path("changed").asBoolean()).isEqualTo(changed);
    }

    /** Who, what, where, the argv of every step, how each ended and how long it took, and the outcome. */
    private void assertAudited(JsonNode operation, Way way, String target) {
        JsonNode command = audit.command(operation.path("id").asText());
        assertThat(command.path("caller").asText()).isEqualTo(way.caller());
        assertThat(command.path("tool").asText()).isEqualTo(Way.TOOL);
        assertThat(command.path("action").asText())
                .isEqualTo(operation.path("action").asText());
        assertThat(command.path("target").asText()).isEqualTo(target);
        assertThat(command.path("signer").asText()).isNotBlank();

        JsonNode result = audit.result(operation.path("id").asText());
        assertThat(result.path("state").asText()).isEqualTo("SUCCEEDED");
        assertThat(result.path("signer").asText()).isEqualTo("server-worker");
        JsonNode steps = result.at("/payload/steps");
        assertThat(steps).isNotEmpty().isEqualTo(operation.path("steps"));
        assertThat(StreamSupport.stream(steps.spliterator(), false)).allSatisfy(step -> {
            assertThat(step.path("command")).isNotEmpty();
            assertThat(step.path("exit_code").isInt()).isTrue();
            assertThat(step.path("duration_ms").isNumber()).isTrue();
        });
    }
}
