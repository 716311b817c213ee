package io.infrabridge.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.infrabridge.system.hostile.Witness;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A second gateway beside the first one: one idempotency key is one operation at both, and after one of them was killed. */
@ExtendWith(RunningSystem.class)
class TwoGatewaysTest {
    private static final Duration READY_WITHIN = Duration.ofSeconds(60);
    private static final int KEYS = 5;
    private static final int TIMES = 10;

    private final LocalSystem system;
    private final Rest rest;
    private final List<Process> started = new ArrayList<>();

    TwoGatewaysTest(LocalSystem system, Rest rest) {
        this.system = system;
        this.rest = rest;
    }

    private Rest second;

    @BeforeEach
    void startASecondOne() throws Exception {
        second = start();
    }

    @AfterEach
    void stop() throws InterruptedException {
        for (Process process : started) {
            process.destroyForcibly().waitFor(10, TimeUnit.SECONDS);
        }
    }

    @Test
    void manyRequestsUnderOneKeyAtBothAreOneOperationThatRanOnce() throws Exception {
        ExecutorService callers = Executors.newFixedThreadPool(2 * TIMES);
        try {
            for (int k = 0; k < KEYS; k++) {
                String key = "race-" + k + "-" + System.nanoTime();
                List<Callable<Rest.Answer>> requests = new ArrayList<>();
                for (int i = 0; i < TIMES; i++) {
                    requests.add(() -> unmount(rest, key, "/mnt/none"));
                    requests.add(() -> unmount(second, key, "/mnt/none"));
                }
                List<Rest.Answer> answers = new ArrayList<>();
                for (Future<Rest.Answer> answer : callers.invokeAll(requests)) {
                    answers.add(answer.get());
                }

                assertThat(answers)
                        .allSatisfy(answer -> assertThat(answer.status())
                                .as(answer.body().toPrettyString())
                                .isEqualTo(200));
                assertThat(answers)
                        .extracting(Rest.Answer::operationId)
                        .containsOnly(answers.get(0).operationId());
                assertThat(answers)
                        .extracting(answer -> answer.body().path("finished_at").asText())
                        .containsOnly(answers.get(0).body().path("finished_at").asText());
                assertThat(unmount(second, key, "/mnt/other").category()).isEqualTo("CONFLICT");
                assertThat(unmount(rest, key, "/mnt/other").category()).isEqualTo("CONFLICT");
                assertThat(onRecord(answers.get(0).operationId(), "command")).hasSize(1);
                assertThat(onRecord(answers.get(0).operationId(), "result")).hasSize(1);
            }
        } finally {
            callers.shutdownNow();
        }
    }

    @Test
    void theKeyIsKnownToAGatewayThatIsStartedAfterTheOneThatTookItWasKilled() throws Exception {
        String key = "killed-" + System.nanoTime();
        Rest.Answer before = unmount(second, key, "/mnt/none");
        started.get(0).destroyForcibly().waitFor(10, TimeUnit.SECONDS);

        Rest third = start();
        Rest.Answer after = unmount(third, key, "/mnt/none");

        assertThat(after.operationId()).isEqualTo(before.operationId());
        assertThat(after.body().path("finished_at")).isEqualTo(before.body().path("finished_at"));
        assertThat(unmount(third, key, "/mnt/other").category()).isEqualTo("CONFLICT");
    }

    @Test
    void aGatewayThatIsStoppedAnswersWhoWaitsAndEnds() throws Exception {
        Rest.Answer waited;
        try (FrozenProcess worker = FrozenProcess.of(system, "nfs-worker")) {
            assertThat(worker.process().isAlive()).isTrue();
            CompletableFuture<Rest.Answer> waiting =
                    CompletableFuture.supplyAsync(() -> unmount(second, "stopped-" + System.nanoTime(), "/mnt/none"));
            Eventually.isTrue(
                    "the request waits",
                    READY_WITHIN,
                    () -> second.get("/api/v1/operations", Map.of("state", "ACCEPTED", "target", Witness.NAME))
                                    .body()
                                    .path("operations")
                                    .size()
                            == 1);

            started.get(0).destroy();

            waited = waiting.get(30, TimeUnit.SECONDS);
            assertThat(waited.status()).as(waited.body().toPrettyString()).isEqualTo(202);
            assertThat(started.get(0).waitFor(20, TimeUnit.SECONDS)).isTrue();
        }
        Eventually.isTrue(
                "the other gateway knows how it ended",
                READY_WITHIN,
                () -> rest.get("/api/v1/operations/" + waited.operationId())
                        .body()
                        .hasNonNull("finished_at"));
    }

    private static Rest.Answer unmount(Rest gateway, String key, String place) {
        ObjectNode request = Rest.request(
                "nfs_mount",
                "{\"action\":\"unmount\",\"target\":\"" + place + "\",\"remote_target\":\"" + Witness.NAME + "\"}");
        return gateway.submit(request, Map.of("Idempotency-Key", key, "Prefer", "wait=60"));
    }

    private JsonNode onRecord(String id, String type) {
        new AuditTrail(rest).record(id, type);
        return rest.get("/api/v1/audit", Map.of("operation_id", id, "type", type))
                .body()
                .path("records");
    }

    /** With everything that the first one was started with, at a port of its own. */
    private Rest start() throws Exception {
        ProcessHandle first = system.process("gateway").orElseThrow();
        int port;
        try (ServerSocket socket = new ServerSocket(0)) {
            port = socket.getLocalPort();
        }
        ProcessBuilder builder = new ProcessBuilder(words(first, "cmdline"))
                .redirectErrorStream(true)
                .redirectOutput(Checkout.root()
                        .resolve("system-test/target/system/gateway-at-" + port + ".log")
                        .toFile());
        builder.environment().clear();
        words(first, "environ")
                .forEach(word -> builder.environment()
                        .put(word.substring(0, word.indexOf('=')), word.substring(word.indexOf('=') + 1)));
        builder.environment().put("QUARKUS_HTTP_PORT", Integer.toString(port));
        Process process = builder.start();
        started.add(process);
        Rest gateway = new Rest(URI.create("http://127.0.0.1:" + port), system.adminKey());
        Eventually.isTrue("a gateway more is ready", READY_WITHIN, () -> process.isAlive() && ready(gateway));
        return gateway;
    }

    private static boolean ready(Rest gateway) {
        try {
            return gateway.get("/q/health/ready").status() == 200
                    && gateway.get("/api/v1/tools").body().toString().contains("nfs_mount")
                    && gateway.call("nfs_mount", "{\"action\":\"list\"}").status() == 200;
        } catch (AssertionError notYet) {
            return false;
        }
    }

    private static List<String> words(ProcessHandle process, String file) throws IOException {
        String all = Files.readString(Path.of("/proc", Long.toString(process.pid()), file), StandardCharsets.UTF_8);
        return List.of(all.split("\0"));
    }
}
