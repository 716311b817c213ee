package io.infrabridge.runtime.execution.ssh;

import static org.assertj.core.api.Assertions.assertThat;

import io.infrabridge.contract.Category;
import io.infrabridge.runtime.execution.Cancellation;
import io.infrabridge.runtime.execution.ExecutionFailure;
import io.infrabridge.runtime.execution.Processes;
import io.infrabridge.runtime.operation.Output;
import io.infrabridge.runtime.operation.Run;
import io.infrabridge.testkit.net.UnreliablePort;
import io.infrabridge.testkit.ssh.TestSshServer;
import io.infrabridge.trust.inventory.Host;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A host that goes away and comes back, behind a port that refuses connections or takes them and says nothing. */
class HostsThatAreAwayTest {
    private static final Run TRUE = Run.of("nothing", "true");
    private static final Map<String, String> QUICK = Map.of(
            "infrabridge.ssh.connect-timeout", "PT4S",
            "infrabridge.ssh.login-timeout", "PT4S",
            "infrabridge.ssh.breaker.failures", "4",
            "infrabridge.ssh.breaker.first-pause", "PT1S",
            "infrabridge.ssh.breaker.longest-pause", "PT2S");

    private final TestSshServer server = TestSshServer.start();
    private final UnreliablePort way = UnreliablePort.leadingTo(server.port());
    private final Host app1 = server.behind(way, "app1");

    @AfterEach
    void close() throws Exception {
        way.close();
        server.close();
    }

    @Test
    void triesAgainWhileTheHostRestarts() throws Exception {
        way.hangUp();
        Map<String, String> patient =
                Map.of("infrabridge.ssh.retry.attempts", "100", "infrabridge.ssh.breaker.failures", "100");
        try (SshFixture ssh = new SshFixture(List.of(app1), patient)) {
            CompletableFuture<Output> running = ssh.begin("app1", TRUE, Cancellation.never());
            Processes.await(() -> way.connections() > 1);
            assertThat(running).isNotDone();
            way.speakAgain();

            assertThat(running).succeedsWithin(SshFixture.PATIENCE).matches(Output::succeeded);
            assertThat(server.commandLines()).as("nothing was run twice").hasSize(1);
        }
    }

    @Test
    void saysHowItIsAfterItsAttempts() throws Exception {
        way.hangUp();
        try (SshFixture ssh = new SshFixture(List.of(app1), Map.of())) {
            ExecutionFailure failure = ssh.failure("app1", TRUE);

            assertThat(failure.failure().category()).isEqualTo(Category.HOST_UNREACHABLE);
            assertThat(failure.stoppedForSure()).isTrue();
            assertThat(way.connections()).isEqualTo(3);
        }
    }

    @Test
    void doesNotWaitForSilenceAgain() {
        way.fallSilent();
        try (SshFixture ssh = new SshFixture(List.of(app1), QUICK)) {
            assertThat(ssh.failure("app1", TRUE).failure().category()).isEqualTo(Category.HOST_UNREACHABLE);

            assertThat(way.connections()).isEqualTo(1);
        }
    }

    @Test
    void leavesAloneWhatCannotBeReachedAndSaysSo() throws Exception {
        way.hangUp();
        try (SshFixture ssh = new SshFixture(List.of(app1), with("infrabridge.ssh.breaker.first-pause", "PT10M"))) {
            ssh.failure("app1", TRUE);
            ssh.failure("app1", TRUE);
            int attempts = way.connections();
            assertThat(attempts).isEqualTo(4);

            for (int i = 0; i < 20; i++) {
                ExecutionFailure refused = ssh.failure("app1", TRUE);
                assertThat(refused.failure().category()).isEqualTo(Category.HOST_UNREACHABLE);
                assertThat(refused.failure().message())
                        .containsPattern("app1 .*not been reachable since 20\\S+Z and is left alone until 20\\S+Z");
                assertThat(refused.failure().hint()).contains("tries it again");
            }
            assertThat(way.connections()).as("nobody knocked").isEqualTo(attempts);
            assertThat(ssh.health)
                    .singleElement()
                    .asString()
                    .startsWith("app1: ")
                    .contains("left alone");
        }
    }

    @Test
    void triesAgainAfterThePauseAndTellsThatItAnswers() throws Exception {
        way.refuse();
        try (SshFixture ssh = new SshFixture(List.of(app1), QUICK)) {
            ssh.failure("app1", TRUE);
            ssh.failure("app1", TRUE);
            assertThat(ssh.health).hasSize(1);
            way.listenAgain();

            Processes.await(() -> succeeds(ssh));

            assertThat(ssh.health).hasSize(2).last().isEqualTo("app1");
        }
    }

    @Test
    void letsOneAttemptThroughAtATime() throws Exception {
        way.refuse();
        try (SshFixture ssh = new SshFixture(List.of(app1), QUICK)) {
            ssh.failure("app1", TRUE);
            ssh.failure("app1", TRUE);
            way.fallSilent();
            way.listenAgain();
            // the first one that is let through
            CompletableFuture<Output> probe = firstToGetThrough(ssh);

            for (int i = 0; i < 10; i++) {
                assertThat(ssh.failure("app1", TRUE).failure().message()).contains("left alone");
            }
            assertThat(probe).isNotDone();
            assertThat(way.connections()).isEqualTo(1);
            way.speakAgain();
            assertThat(probe).succeedsWithin(SshFixture.PATIENCE).matches(Output::succeeded);
        }
    }

    @Test
    void leavesNoOtherHostAlone() throws Exception {
        way.refuse();
        try (SshFixture ssh = new SshFixture(List.of(app1, server.host("app2")), QUICK)) {
            ssh.failure("app1", TRUE);
            ssh.failure("app1", TRUE);
            assertThat(ssh.failure("app1", TRUE).failure().message()).contains("left alone");

            assertThat(ssh.run("app2", TRUE).succeeded()).isTrue();
        }
    }

    @Test
    void aJumpHostThatIsAwayIsCountedForItselfAlone() throws Exception {
        way.refuse();
        Host inner = server.host("inner", "app1");
        try (SshFixture ssh = new SshFixture(List.of(app1, inner), QUICK)) {
            ssh.failure("inner", TRUE);
            ssh.failure("inner", TRUE);
            assertThat(ssh.failure("inner", TRUE).failure().message())
                    .contains("inner is reached through app1", "app1 (127.0.0.1", "left alone");
            assertThat(ssh.health).singleElement().asString().startsWith("app1: ");
            way.listenAgain();

            Processes.await(() -> begin(ssh, "inner")
                    .handle((output, failure) -> failure == null)
                    .join());
            assertThat(ssh.health).hasSize(2).last().isEqualTo("app1");
        }
    }

    @Test
    void aHostBehindAJumpHostIsCountedForItselfAlone() throws Exception {
        Host inner = new Host(
                "inner",
                app1.addresses(),
                app1.port(),
                app1.user(),
                app1.key(),
                app1.knownHosts(),
                Optional.of("bastion"),
                app1.distro(),
                app1.labels());
        way.refuse();
        try (SshFixture ssh = new SshFixture(List.of(server.host("bastion"), inner), QUICK)) {
            ssh.failure("inner", TRUE);
            ssh.failure("inner", TRUE);

            assertThat(ssh.failure("inner", TRUE).failure().message()).contains("inner", "left alone");
            assertThat(ssh.run("bastion", TRUE).succeeded()).isTrue();
            assertThat(ssh.health).singleElement().asString().startsWith("inner: ");
        }
    }

    @Test
    void aRefusedLoginIsNoAbsence() {
        server.refuseLogins(true);
        try (SshFixture ssh = new SshFixture(List.of(app1), QUICK)) {
            for (int i = 0; i < 8; i++) {
                assertThat(ssh.failure("app1", TRUE).failure().category()).isEqualTo(Category.LOGIN_REFUSED);
            }
            assertThat(way.connections()).as("nor is it tried again by itself").isEqualTo(8);
            assertThat(ssh.health).isEmpty();
        }
    }

    /** An open session that does not answer is not asked for a second channel. */
    @Test
    void givesUpASessionThatFellSilent() throws Exception {
        try (SshFixture ssh = new SshFixture(List.of(app1), QUICK)) {
            ssh.run("app1", TRUE);
            way.fallSilent();
            long begin = System.nanoTime();

            ExecutionFailure failure = ssh.failure("app1", TRUE);

            assertThat(failure.failure().category()).isEqualTo(Category.HOST_UNREACHABLE);
            assertThat(failure.stoppedForSure()).isTrue();
            // 4 s for the channel and 4 s for the login of another session, and a busy machine
            assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(18));
            way.speakAgain();
            Processes.await(() -> succeeds(ssh));
            Processes.await(() -> server.openConnections() == 1);
        }
    }

    private CompletableFuture<Output> firstToGetThrough(SshFixture ssh) throws Exception {
        while (true) {
            CompletableFuture<Output> asked = begin(ssh, "app1");
            Processes.await(() -> asked.isDone() || way.connections() > 0);
            if (way.connections() > 0) {
                return asked;
            }
        }
    }

    private static boolean succeeds(SshFixture ssh) {
        return begin(ssh, "app1").handle((output, failure) -> failure == null).join();
    }

    private static CompletableFuture<Output> begin(SshFixture ssh, String host) {
        return ssh.begin(host, TRUE, Cancellation.never());
    }

    private static Map<String, String> with(String name, String value) {
        Map<String, String> settings = new HashMap<>(QUICK);
        settings.put(name, value);
        return settings;
    }
}
