package io.infrabridge.runtime.execution.ssh;

import static org.assertj.core.api.Assertions.assertThat;

import io.infrabridge.contract.Category;
import io.infrabridge.runtime.execution.ExecutionFailure;
import io.infrabridge.runtime.execution.Processes;
import io.infrabridge.runtime.operation.Run;
import io.infrabridge.testkit.ssh.TestSshServer;
import java.io.DataInputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class JumpHostsTest {
    private static final Run TRUE = Run.of("nothing", "true");

    private final TestSshServer outer = TestSshServer.start();
    private final TestSshServer middle = TestSshServer.start();
    private final TestSshServer inner = TestSshServer.start();

    @AfterEach
    void close() throws Exception {
        inner.close();
        middle.close();
        outer.close();
    }

    @Test
    void reachesAHostThroughAnother() {
        try (SshFixture ssh = chain(Map.of())) {
            assertThat(ssh.run("middle", Run.of("echo", "echo", "here")).text()).isEqualTo("here\n");

            assertThat(outer.forwards()).isEqualTo(1);
            assertThat(middle.connections()).isEqualTo(1);
            assertThat(middle.channels()).isEqualTo(1);
        }
    }

    @Test
    void reachesAHostThroughTwoOthers() {
        try (SshFixture ssh = chain(Map.of())) {
            for (int i = 0; i < 5; i++) {
                assertThat(ssh.run("inner", TRUE).succeeded()).isTrue();
            }

            assertThat(outer.forwards()).isEqualTo(1);
            assertThat(middle.forwards()).isEqualTo(1);
            assertThat(inner.connections()).isEqualTo(1);
            assertThat(inner.channels()).isEqualTo(5);
        }
    }

    @Test
    void checksTheKeyOfEveryHop() {
        middle.swapHostKey();
        try (SshFixture ssh = chain(Map.of())) {
            ExecutionFailure failure = ssh.failure("inner", TRUE);

            assertThat(failure.failure().category()).isEqualTo(Category.HOST_KEY_MISMATCH);
            assertThat(failure.failure().message()).contains("inner is reached through middle", "middle (127.0.0.1");
            assertThat(inner.connections()).isZero();
        }
    }

    @Test
    void checksTheKeyOfTheLastHostUnderItsOwnName() {
        inner.swapHostKey();
        try (SshFixture ssh = chain(Map.of())) {
            ExecutionFailure failure = ssh.failure("inner", TRUE);

            assertThat(failure.failure().category()).isEqualTo(Category.HOST_KEY_MISMATCH);
            assertThat(failure.failure().message()).contains("inner (127.0.0.1:" + inner.port() + ")");
            assertThat(inner.channels()).isZero();
        }
    }

    @Test
    void namesTheJumpHostThatDoesNotLetItIn() {
        outer.refuseLogins(true);
        try (SshFixture ssh = chain(Map.of())) {
            ExecutionFailure failure = ssh.failure("inner", TRUE);

            assertThat(failure.failure().category()).isEqualTo(Category.LOGIN_REFUSED);
            assertThat(failure.failure().message()).contains("outer");
        }
    }

    @Test
    void saysThatTheHostBehindTheJumpHostIsNotThere() throws Exception {
        inner.stop();
        try (SshFixture ssh = chain(Map.of())) {
            ExecutionFailure failure = ssh.failure("inner", TRUE);

            assertThat(failure.failure().category()).isEqualTo(Category.HOST_UNREACHABLE);
            assertThat(failure.failure().message()).contains("inner", "through middle");
        }
    }

    @Test
    void keepsTheJumpHostsSessionAsLongAsItIsNeeded() throws Exception {
        try (SshFixture ssh = chain(Map.of("infrabridge.ssh.idle", "PT0.4S"))) {
            assertThat(ssh.run("middle", Run.of("sleep", "sleep", "1.2")).succeeded())
                    .isTrue();
            assertThat(outer.connections()).isEqualTo(1);

            Processes.await(() -> middle.openConnections() == 0 && outer.openConnections() == 0);
        }
    }

    @Test
    void carriesBytesThroughATunnel() throws Exception {
        try (SshFixture ssh = chain(Map.of());
                ServerSocket service = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            CompletableFuture<byte[]> received = CompletableFuture.supplyAsync(() -> echo(service));

            try (Tunnel tunnel = ssh.tunnels
                            .open("middle", "127.0.0.1", service.getLocalPort())
                            .await()
                            .atMost(SshFixture.PATIENCE);
                    Socket socket = new Socket("127.0.0.1", tunnel.port())) {
                byte[] sent = new byte[100_000];
                new java.util.Random(3).nextBytes(sent);
                socket.getOutputStream().write(sent);
                byte[] back = new DataInputStream(socket.getInputStream()).readNBytes(sent.length);

                assertThat(back).isEqualTo(sent);
                assertThat(received.join()).isEqualTo(sent);
                assertThat(tunnel.open()).isTrue();
                assertThat(middle.forwards()).isEqualTo(1);
                assertThat(outer.forwards()).isEqualTo(1);
            }
        }
    }

    private static byte[] echo(ServerSocket service) {
        try (Socket socket = service.accept()) {
            byte[] bytes = socket.getInputStream().readNBytes(100_000);
            socket.getOutputStream().write(bytes);
            return bytes;
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private SshFixture chain(Map<String, String> settings) {
        return new SshFixture(
                List.of(outer.host("outer"), middle.host("middle", "outer"), inner.host("inner", "middle")), settings);
    }
}
