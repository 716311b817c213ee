package io.infrabridge.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Parts of the system go away and come back; callers are told, and nothing has to be restarted. */
@ExtendWith(RunningSystem.class)
class OutagesTest {
    /** The quickest look that there is: a health check simulates an upgrade, which may take seconds. */
    private static final String LOOK = "{\"operation\":\"system\",\"action\":\"processes\"}";

    private static final Duration NOTICED_WITHIN = Duration.ofSeconds(30);
    private static final Duration RECOVERED_WITHIN = Duration.ofSeconds(60);

    private final LocalSystem system;
    private final Rest rest;

    OutagesTest(LocalSystem system, Rest rest) {
        this.system = system;
        this.rest = rest;
    }

    @Test
    void absentWorkerIsToldFromABusyOneAndItsReturnIsNoticed() {
        Rest.Answer refused;
        try (FrozenProcess worker = FrozenProcess.of(system, "server-worker")) {
            assertThat(worker.process().isAlive()).isTrue();
            refused = awaitStatus(503, NOTICED_WITHIN);
            assertThat(refused.category()).isEqualTo("WORKER_UNAVAILABLE");
            assertThat(refused.message()).contains("server");
            assertThat(refused.hint()).isNotBlank();
            assertThat(rest.call("nfs_mount", "{\"action\":\"list\"}").status())
                    .as("other workers go on")
                    .isEqualTo(200);
        }
        awaitStatus(200, RECOVERED_WITHIN);
        assertThat(new AuditTrail(rest)
                        .result(refused.operationId())
                        .at("/payload/error/category")
                        .asText())
                .isEqualTo("WORKER_UNAVAILABLE");
    }

    @Test
    void gatewaySaysThatKafkaIsAwayAndRecoversByItself() {
        awaitStatus(200, RECOVERED_WITHIN);
        try (FrozenProcess broker = FrozenProcess.of(system, "Kafka")) {
            assertThat(broker.process().isAlive()).isTrue();
            Rest.Answer refused = rest.call("server_manage", LOOK);
            assertThat(refused.status()).as(refused.body().toPrettyString()).isEqualTo(503);
            assertThat(refused.category()).isEqualTo("BUS_UNAVAILABLE");
            assertThat(refused.hint()).isNotBlank();
            assertThat(refused.took()).isLessThan(Duration.ofSeconds(5));
        }
        awaitStatus(200, RECOVERED_WITHIN);
    }

    private Rest.Answer awaitStatus(int status, Duration limit) {
        return Eventually.get(
                "the gateway answers " + status,
                limit,
                () -> Optional.of(rest.submit(
                                Rest.request("server_manage", LOOK).put("timeout_seconds", 15),
                                Map.of("Prefer", "wait=5")))
                        .filter(answer -> answer.status() == status));
    }
}
