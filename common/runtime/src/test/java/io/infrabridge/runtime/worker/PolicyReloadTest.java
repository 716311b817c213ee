package io.infrabridge.runtime.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.infrabridge.contract.Command;
import io.infrabridge.contract.HealthEvent;
import io.infrabridge.contract.State;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A worker whose policy file changes under it. */
class PolicyReloadTest {
    private @TempDir Path folder;
    private Bench bench;

    @BeforeEach
    void start() throws IOException {
        bench = new Bench(folder);
    }

    @AfterEach
    void stop() throws InterruptedException {
        bench.close();
    }

    @Test
    void decidesByTheNewPolicyOnceTheFileHasChanged() throws IOException {
        assertThat(changeBy("operator")).isEqualTo(State.SUCCEEDED);

        bench.policy("roles: [{name: operator, risks: [READ]}]");
        bench.configurationNews(HealthEvent.Status.HEALTHY);

        assertThat(changeBy("operator")).isEqualTo(State.REJECTED);
    }

    @Test
    void keepsTheOldPolicyAndSaysSoWhereTheNewOneIsInvalidOrHalfWritten() throws IOException {
        bench.policy(Bench.POLICY.substring(0, Bench.POLICY.length() - 4));

        assertThat(bench.configurationNews(HealthEvent.Status.DEGRADED).issues())
                .singleElement()
                .asString()
                .contains("policy.yaml", "not in force");
        assertThat(changeBy("operator")).isEqualTo(State.SUCCEEDED);
        assertThat(changeBy("reader")).isEqualTo(State.REJECTED);

        bench.policy("roles: [{name: reader, risks: [READ, CHANGE]}]");
        bench.configurationNews(HealthEvent.Status.HEALTHY);

        assertThat(changeBy("reader")).isEqualTo(State.SUCCEEDED);
    }

    @Test
    void keepsTheOldPolicyWhereTheFileIsGone() throws IOException {
        Files.delete(folder.resolve("policy.yaml"));

        assertThat(bench.configurationNews(HealthEvent.Status.DEGRADED).issues())
                .singleElement()
                .asString()
                .contains("does not exist");
        assertThat(changeBy("operator")).isEqualTo(State.SUCCEEDED);
        assertThat(changeBy("reader")).isEqualTo(State.REJECTED);
    }

    private State changeBy(String role) {
        Command command =
                bench.command("append", Set.of(role), false, Instant.now().plusSeconds(60), "name");
        bench.send(command);
        return bench.result(command).state();
    }
}
