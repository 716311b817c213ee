package io.infrabridge.runtime.execution.ssh;

import static org.assertj.core.api.Assertions.assertThat;

import io.infrabridge.contract.Category;
import io.infrabridge.runtime.execution.Cancellation;
import io.infrabridge.runtime.execution.ExecutionFailure;
import io.infrabridge.runtime.execution.Processes;
import io.infrabridge.runtime.operation.Output;
import io.infrabridge.runtime.operation.Run;
import io.infrabridge.testkit.ssh.SshFiles;
import io.infrabridge.testkit.ssh.TestSshServer;
import io.infrabridge.trust.inventory.Host;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.apache.sshd.client.config.hosts.KnownHostHashValue;
import org.apache.sshd.common.config.keys.PublicKeyEntry;
import org.apache.sshd.common.mac.BuiltinMacs;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HostsThatRefuseTest {
    private static final Run TRUE = Run.of("nothing", "true");
    private static final Map<String, String> IMPATIENT = Map.of(
            "infrabridge.ssh.connect-timeout", "PT3S",
            "infrabridge.ssh.login-timeout", "PT3S",
            "infrabridge.ssh.keep-alive", "PT0.3S");

    private final TestSshServer server = TestSshServer.start();

    @TempDir
    Path folder;

    @AfterEach
    void close() throws Exception {
        server.close();
    }

    @Test
    void refusesAChangedHostKeyAndNamesIt() {
        server.swapHostKey();
        try (SshFixture ssh = SshFixture.of(server.host("app1"))) {
            ExecutionFailure failure = ssh.failure("app1", TRUE);

            assertThat(failure.failure().category()).isEqualTo(Category.HOST_KEY_MISMATCH);
            assertThat(failure.failure().message())
                    .contains(
                            "app1",
                            "ssh-ed25519",
                            "SHA256:",
                            server.knownHosts().toString(),
                            "not the one");
            assertThat(server.channels()).isZero();
        }
    }

    @Test
    void refusesAnUnknownHostKey() throws Exception {
        Files.writeString(server.knownHosts(), "");
        try (SshFixture ssh = SshFixture.of(server.host("app1"))) {
            ExecutionFailure failure = ssh.failure("app1", TRUE);

            assertThat(failure.failure().category()).isEqualTo(Category.HOST_KEY_MISMATCH);
            assertThat(failure.failure().message()).contains("has no key for it");
        }
    }

    @Test
    void refusesEveryKeyWithoutAKnownHostsFile() throws Exception {
        Files.delete(server.knownHosts());
        try (SshFixture ssh = SshFixture.of(server.host("app1"))) {
            assertThat(ssh.failure("app1", TRUE).failure().category()).isEqualTo(Category.HOST_KEY_MISMATCH);
        }
    }

    @Test
    void knowsAHostByAHashedName() throws Exception {
        byte[] salt = new byte[20];
        StringBuilder line = new StringBuilder();
        KnownHostHashValue.append(
                line,
                org.apache.sshd.client.config.hosts.KnownHostDigest.SHA1,
                salt,
                KnownHostHashValue.calculateHashValue("127.0.0.1", server.port(), BuiltinMacs.hmacsha1.create(), salt));
        Files.writeString(
                server.knownHosts(),
                line + " " + PublicKeyEntry.toString(server.hostKey().getPublic()) + "\n");
        try (SshFixture ssh = SshFixture.of(server.host("app1"))) {
            assertThat(ssh.run("app1", TRUE).succeeded()).isTrue();
        }
    }

    @Test
    void refusesARevokedKey() throws Exception {
        String known = Files.readString(server.knownHosts());
        Files.writeString(server.knownHosts(), known + "@revoked " + known);
        try (SshFixture ssh = SshFixture.of(server.host("app1"))) {
            assertThat(ssh.failure("app1", TRUE).failure().category()).isEqualTo(Category.HOST_KEY_MISMATCH);
        }
    }

    @Test
    void saysThatTheLoginWasRefused() {
        server.refuseLogins(true);
        try (SshFixture ssh = SshFixture.of(server.host("app1"))) {
            ExecutionFailure failure = ssh.failure("app1", TRUE);

            assertThat(failure.failure().category()).isEqualTo(Category.LOGIN_REFUSED);
            assertThat(failure.failure().hint()).contains("authorized_keys");
            assertThat(server.openConnections()).isLessThanOrEqualTo(1);
        }
    }

    @Test
    void refusesAKeyThatOthersCanRead() throws Exception {
        Files.setPosixFilePermissions(server.key(), PosixFilePermissions.fromString("rw-r--r--"));
        try (SshFixture ssh = SshFixture.of(server.host("app1"))) {
            ExecutionFailure failure = ssh.failure("app1", TRUE);

            assertThat(failure.failure().category()).isEqualTo(Category.LOGIN_REFUSED);
            assertThat(failure.failure().message()).contains("can be read by others");
            assertThat(server.connections()).isZero();
        }
    }

    @Test
    void saysThatAKeyIsNoKey() throws Exception {
        Files.writeString(server.key(), "no key");
        try (SshFixture ssh = SshFixture.of(server.host("app1"))) {
            assertThat(ssh.failure("app1", TRUE).failure().category()).isEqualTo(Category.LOGIN_REFUSED);
        }
    }

    @Test
    void saysThatNobodyListens() throws Exception {
        int port;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
        }
        try (SshFixture ssh = SshFixture.of(at("127.0.0.1", port))) {
            ExecutionFailure failure = ssh.failure("app1", TRUE);

            assertThat(failure.failure().category()).isEqualTo(Category.HOST_UNREACHABLE);
            assertThat(failure.failure().message()).contains("app1 (127.0.0.1:" + port + ")");
            assertThat(failure.stoppedForSure()).isTrue();
        }
    }

    @Test
    void saysThatANameCannotBeResolved() throws Exception {
        try (SshFixture ssh = SshFixture.of(at("no-such-host.invalid", 22))) {
            assertThat(ssh.failure("app1", TRUE).failure().category()).isEqualTo(Category.HOST_UNREACHABLE);
        }
    }

    @Test
    void givesUpOnAServerThatNeverGreets() throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                SshFixture ssh = new SshFixture(List.of(at("127.0.0.1", silent.getLocalPort())), IMPATIENT)) {
            long begin = System.nanoTime();

            ExecutionFailure failure = ssh.failure("app1", TRUE);

            assertThat(failure.failure().category()).isEqualTo(Category.HOST_UNREACHABLE);
            assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(9));
        }
    }

    @Test
    void noticesThatAnOpenSessionFroze() throws Exception {
        String seconds = Processes.uniqueSeconds();
        try (SshFixture ssh = new SshFixture(List.of(server.host("app1")), IMPATIENT)) {
            ssh.run("app1", TRUE);
            CompletableFuture<Output> running =
                    ssh.begin("app1", Run.of("sleep", "sleep", seconds), Cancellation.never());
            Processes.awaitSome(seconds);
            server.freeze();

            assertThat(SshFixture.failure(running).failure().category()).isEqualTo(Category.CONNECTION_LOST);
            assertThat(ssh.failure("app1", TRUE).failure().category()).isEqualTo(Category.HOST_UNREACHABLE);
        } finally {
            Processes.killAll(seconds);
        }
    }

    @Test
    void isNotDelayedByAHostThatIsDead() throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
                SshFixture ssh = SshFixture.of(at("127.0.0.1", silent.getLocalPort()), server.host("app2"))) {
            List<CompletableFuture<Output>> stuck = java.util.stream.IntStream.range(0, 40)
                    .mapToObj(i -> ssh.begin("app1", TRUE, Cancellation.never()))
                    .toList();

            long begin = System.nanoTime();
            assertThat(ssh.run("app2", TRUE).succeeded()).isTrue();
            assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(8));
            assertThat(stuck).noneMatch(CompletableFuture::isDone);
        }
    }

    private Host at(String address, int port) throws Exception {
        Path key = folder.resolve("key");
        SshFiles.writePrivateKey(key, SshFiles.newKey());
        return new Host(
                "app1",
                List.of(address),
                Optional.of(port),
                "infra",
                key,
                folder.resolve("known_hosts"),
                Optional.empty(),
                Optional.empty(),
                Map.of());
    }
}
