package io.infrabridge.runtime.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.infrabridge.contract.Command;
import io.infrabridge.contract.HealthEvent;
import io.infrabridge.contract.Operation;
import io.infrabridge.contract.PolicyVerdict;
import io.infrabridge.contract.State;
import io.infrabridge.runtime.operation.Output;
import io.infrabridge.trust.policy.Policy;
import io.smallrye.mutiny.Uni;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a worker makes of freezes, and how its results tell which rule decided. */
class PolicyInForceTest {
    private static final String FREEZE =
            "freezes: [{name: now, from: 2020-01-01T00:00:00Z, to: 2099-01-01T00:00:00Z}]\n";

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
    void everyResultTellsTheRuleThatDecidedAndTheVersionOfThePolicy() {
        String version = Policy.parse(Bench.POLICY).version();

        assertThat(result(bench.command("add", "a")).policy())
                .contains(new PolicyVerdict(
                        "role:operator", version, Optional.empty(), Optional.empty(), Optional.empty()));
        assertThat(result(bench.command("add", Set.of("reader"), false, soon(), "a"))
                        .policy())
                .contains(new PolicyVerdict(
                        "default-deny", version, Optional.empty(), Optional.empty(), Optional.empty()));
    }

    @Test
    void refusesAChangeInAFreezeButRehearsesItAndTellsWhatWouldRefuseIt() throws IOException {
        inForce(FREEZE);

        Operation refused = result(bench.command("add", "a"));
        Operation rehearsed = result(bench.command("add", Set.of("operator"), true, soon(), "a"));

        assertThat(refused.state()).isEqualTo(State.REJECTED);
        assertThat(refused.policy()).map(PolicyVerdict::rule).contains("freeze:now");
        assertThat(rehearsed.state()).isEqualTo(State.SUCCEEDED);
        assertThat(rehearsed.steps()).isNotEmpty();
        assertThat(rehearsed.policy()).map(PolicyVerdict::rule).contains("role:operator");
        assertThat(rehearsed.policy()).flatMap(PolicyVerdict::wouldBeRefusedBy).contains("freeze:now");
        assertThat(bench.host.names).isEmpty();
    }

    @Test
    void doesNotStartAChangeThatWasQueuedWhenTheFreezeBegan() throws Exception {
        CountDownLatch running = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        bench.host.answering(
                "add slow",
                () -> Uni.createFrom()
                        .emitter(emitter -> new Thread(() -> {
                                    running.countDown();
                                    try {
                                        release.await();
                                    } catch (InterruptedException e) {
                                        Thread.currentThread().interrupt();
                                    }
                                    bench.host.names.add("slow");
                                    emitter.complete(Output.of(""));
                                })
                                .start()));
        Command slow = bench.command("add", "slow");
        Command queued = bench.command("add", "queued");
        bench.send(slow);
        bench.send(queued);
        assertThat(running.await(30, TimeUnit.SECONDS)).isTrue();
        // a read behind it shows that the queued one was admitted
        assertThat(result(bench.command("add", Set.of("operator"), true, soon(), "marker"))
                        .state())
                .isEqualTo(State.SUCCEEDED);
        inForce(FREEZE);
        release.countDown();

        assertThat(bench.result(slow).state()).isEqualTo(State.SUCCEEDED);
        Operation refused = bench.result(queued);
        assertThat(refused.state()).isEqualTo(State.REJECTED);
        assertThat(refused.policy()).map(PolicyVerdict::rule).contains("freeze:now");
        assertThat(bench.host.names).containsExactly("slow");
    }

    @Test
    void doesNotStartAChangeThatByNowNeedsApproval() throws Exception {
        CountDownLatch running = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        bench.host.answering(
                "add slow",
                () -> Uni.createFrom()
                        .emitter(emitter -> new Thread(() -> {
                                    running.countDown();
                                    try {
                                        release.await();
                                    } catch (InterruptedException e) {
                                        Thread.currentThread().interrupt();
                                    }
                                    bench.host.names.add("slow");
                                    emitter.complete(Output.of(""));
                                })
                                .start()));
        bench.send(bench.command("add", "slow"));
        Command queued = bench.command("add", "queued");
        bench.send(queued);
        assertThat(running.await(30, TimeUnit.SECONDS)).isTrue();
        assertThat(result(bench.command("add", Set.of("operator"), true, soon(), "marker"))
                        .state())
                .isEqualTo(State.SUCCEEDED);
        inForce("approvals: [{name: all, roles: [admin]}]\n");
        release.countDown();

        Operation refused = bench.result(queued);
        assertThat(refused.state()).isEqualTo(State.REJECTED);
        assertThat(refused.error().orElseThrow().message()).contains("approval:all");
        assertThat(bench.host.names).containsExactly("slow");
    }

    private Operation result(Command command) {
        bench.send(command);
        return bench.result(command);
    }

    private void inForce(String rules) throws IOException {
        bench.rules(rules);
        bench.configurationNews(HealthEvent.Status.HEALTHY);
    }

    private static Instant soon() {
        return Instant.now().plusSeconds(60);
    }
}
