package io.infrabridge.runtime.execution.ssh;

import static org.assertj.core.api.Assertions.assertThat;

import io.infrabridge.contract.Category;
import io.infrabridge.runtime.execution.Cancellation;
import io.infrabridge.runtime.execution.ExecutionFailure;
import io.infrabridge.runtime.execution.Processes;
import io.infrabridge.runtime.operation.Output;
import io.infrabridge.runtime.operation.Run;
import io.infrabridge.testkit.ssh.TestSshServer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SessionPoolTest {
    private static final Run TRUE = Run.of("nothing", "true");

    private final TestSshServer server = TestSshServer.start();

    @AfterEach
    void close() throws Exception {
        server.close();
    }

    @Test
    void usesOneConnectionForManyCommands() {
        try (SshFixture ssh = SshFixture.of(server.host("app1"))) {
            for (int i = 0; i < 50; i++) {
                assertThat(ssh.run("app1", TRUE).succeeded()).isTrue();
            }
            assertThat(server.connections()).isEqualTo(1);
            assertThat(server.channels()).isEqualTo(50);
        }
    }

    @Test
    void sharesOneConnectAmongTheFirstUsers() {
        try (SshFixture ssh = SshFixture.of(server.host("app1"))) {
            all(ssh, 10, "0.2");

            assertThat(server.connections()).isEqualTo(1);
        }
    }

    @Test
    void opensASecondSessionForTheEleventhCommand() {
        try (SshFixture ssh = SshFixture.of(server.host("app1"))) {
            all(ssh, 11, "0.5");

            assertThat(server.connections()).isEqualTo(2);
        }
    }

    @Test
    void letsFurtherCommandsWaitForTheirTurn() {
        try (SshFixture ssh = SshFixture.of(server.host("app1"))) {
            all(ssh, 100, "0.1");

            assertThat(server.connections()).isBetween(2, 4);
        }
    }

    @Test
    void noticesThatTheServerAllowsFewerChannels() {
        server.maxSessions(3);
        try (SshFixture ssh = SshFixture.of(server.host("app1"))) {
            all(ssh, 9, "0.3");

            assertThat(server.connections()).isBetween(2, 4);
        }
    }

    @Test
    void refusesWhenItHadToWaitTooLong() {
        Map<String, String> settings = Map.of(
                "infrabridge.ssh.channels-per-session", "1",
                "infrabridge.ssh.sessions-per-host", "1",
                "infrabridge.ssh.queue-timeout", "PT4S");
        try (SshFixture ssh = new SshFixture(List.of(server.host("app1")), settings)) {
            ssh.run("app1", TRUE);
            CompletableFuture<Output> busy = ssh.begin("app1", Run.of("sleep", "sleep", "6"), Cancellation.never());
            ExecutionFailure failure = ssh.failure("app1", TRUE);

            assertThat(failure.failure().category()).isEqualTo(Category.OVERLOADED);
            assertThat(busy).succeedsWithin(Duration.ofSeconds(9));
        }
    }

    @Test
    void reconnectsAfterTheConnectionWasDropped() throws Exception {
        try (SshFixture ssh = SshFixture.of(server.host("app1"))) {
            ssh.run("app1", TRUE);
            server.dropConnections();

            assertThat(ssh.run("app1", TRUE).succeeded()).isTrue();
            assertThat(server.connections()).isEqualTo(2);
        }
    }

    @Test
    void saysThatACommandMayStillRunWhenItsConnectionWasCut() throws Exception {
        String seconds = Processes.uniqueSeconds();
        try (SshFixture ssh = SshFixture.of(server.host("app1"))) {
            CompletableFuture<Output> running =
                    ssh.begin("app1", Run.of("sleep", "sleep", seconds), Cancellation.never());
            Processes.awaitSome(seconds);
            long cut = System.nanoTime();
            server.dropConnections();

            ExecutionFailure failure = SshFixture.failure(running);
            assertThat(failure.failure().category()).isEqualTo(Category.CONNECTION_LOST);
            assertThat(failure.stoppedForSure()).isFalse();
            assertThat(Duration.ofNanos(System.nanoTime() - cut)).isLessThan(Duration.ofSeconds(6));
        } finally {
            Processes.killAll(seconds);
        }
    }

    @Test
    void closesWhatIsIdle() throws Exception {
        try (SshFixture ssh = new SshFixture(List.of(server.host("app1")), Map.of("infrabridge.ssh.idle", "PT0.5S"))) {
            ssh.run("app1", TRUE);
            assertThat(server.openConnections()).isEqualTo(1);

            Processes.await(() -> server.openConnections() == 0);
            assertThat(ssh.run("app1", TRUE).succeeded()).isTrue();
        }
    }

    @Test
    void doesNotCloseWhatIsInUse() {
        try (SshFixture ssh = new SshFixture(List.of(server.host("app1")), Map.of("infrabridge.ssh.idle", "PT0.3S"))) {
            assertThat(ssh.run("app1", Run.of("sleep", "sleep", "1.5")).succeeded())
                    .isTrue();
            assertThat(server.connections()).isEqualTo(1);
        }
    }

    @Test
    void hasTheDefaultsThatAreDocumented() {
        SshSettings settings = SshFixture.settings(Map.of());

        assertThat(settings.connectTimeout()).isEqualTo(Duration.ofSeconds(10));
        assertThat(settings.loginTimeout()).isEqualTo(Duration.ofSeconds(10));
        assertThat(settings.idle()).isEqualTo(Duration.ofMinutes(5));
        assertThat(settings.channelsPerSession()).isEqualTo(10);
        assertThat(settings.sessionsPerHost()).isEqualTo(4);
        assertThat(settings.keepAlive()).isEqualTo(Duration.ofSeconds(15));
        assertThat(settings.keepAliveMisses()).isEqualTo(2);
        assertThat(settings.queueTimeout()).isEqualTo(Duration.ofSeconds(60));
        assertThat(settings.outputLimit()).isEqualTo(1024 * 1024);
        assertThat(settings.retry().attempts()).isEqualTo(3);
        assertThat(settings.retry().firstPause()).isEqualTo(Duration.ofMillis(250));
        assertThat(settings.retry().longestPause()).isEqualTo(Duration.ofSeconds(2));
        assertThat(settings.breaker().failures()).isEqualTo(5);
        assertThat(settings.breaker().firstPause()).isEqualTo(Duration.ofSeconds(5));
        assertThat(settings.breaker().longestPause()).isEqualTo(Duration.ofMinutes(2));
    }

    private static void all(SshFixture ssh, int count, String seconds) {
        List<CompletableFuture<Output>> running = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            running.add(ssh.begin("app1", Run.of("sleep", "sleep", seconds), Cancellation.never()));
        }
        running.forEach(
                each -> assertThat(each).succeedsWithin(SshFixture.PATIENCE).matches(Output::succeeded));
    }
}
