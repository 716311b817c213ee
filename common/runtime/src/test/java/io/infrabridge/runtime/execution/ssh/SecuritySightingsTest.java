package io.infrabridge.runtime.execution.ssh;

import static org.assertj.core.api.Assertions.assertThat;

import io.infrabridge.contract.SecurityEvent.Kind;
import io.infrabridge.runtime.execution.Processes;
import io.infrabridge.runtime.execution.SecurityEvents.Sighting;
import io.infrabridge.runtime.operation.Run;
import io.infrabridge.testkit.ssh.TestSshServer;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SecuritySightingsTest {
    private static final Run TRUE = Run.of("do nothing", "true");

    private final TestSshServer outer = TestSshServer.start();
    private final TestSshServer inner = TestSshServer.start();

    @AfterEach
    void close() throws Exception {
        inner.close();
        outer.close();
    }

    @Test
    void tellsOfASessionOnceHoweverManyCommandsItCarries() {
        try (SshFixture ssh = SshFixture.of(outer.host("app1"))) {
            ssh.run("app1", TRUE);
            ssh.run("app1", TRUE);

            assertThat(ssh.sightings).hasSize(1);
            assertThat(ssh.sightings.get(0).kind()).isEqualTo(Kind.SSH_SESSION_OPENED);
            assertThat(ssh.sightings.get(0).host().name()).isEqualTo("app1");
            assertThat(ssh.sightings.get(0).session()).contains("app1#1");
        }
    }

    @Test
    void tellsOfASessionThatEnds() throws Exception {
        try (SshFixture ssh = SshFixture.of(outer.host("app1"))) {
            ssh.run("app1", TRUE);
            outer.dropConnections();

            Processes.await(() -> kinds(ssh).contains(Kind.SSH_SESSION_CLOSED));
        }
    }

    @Test
    void tellsOfARefusedLoginAndWhy() {
        outer.refuseLogins(true);
        try (SshFixture ssh = SshFixture.of(outer.host("app1"))) {
            ssh.failure("app1", TRUE);

            assertThat(kinds(ssh)).containsExactly(Kind.SSH_LOGIN_REFUSED);
            assertThat(ssh.sightings.get(0).detail().orElseThrow()).contains("app1");
        }
    }

    @Test
    void tellsOfAnotherHostKeyAndItsFingerprint() {
        outer.swapHostKey();
        try (SshFixture ssh = SshFixture.of(outer.host("app1"))) {
            ssh.failure("app1", TRUE);

            assertThat(kinds(ssh)).containsExactly(Kind.SSH_HOST_KEY_MISMATCH);
            assertThat(ssh.sightings.get(0).detail().orElseThrow()).contains("SHA256:");
        }
    }

    @Test
    void tellsOfEveryHopOfAJump() {
        try (SshFixture ssh = jump()) {
            ssh.run("inner", TRUE);

            assertThat(kinds(ssh))
                    .containsExactly(
                            Kind.SSH_SESSION_OPENED, Kind.SSH_TUNNEL_OPENED, Kind.SSH_JUMP, Kind.SSH_SESSION_OPENED);
            Sighting jump = ssh.sightings.get(2);
            assertThat(jump.host().name()).isEqualTo("inner");
            assertThat(jump.via()).contains("outer");
            assertThat(jump.session()).contains("outer#1");
            assertThat(ssh.sightings.get(3).via()).isEqualTo(Optional.of("outer"));
        }
    }

    @Test
    void tellsOfARefusedLoginOnlyWhereItWasRefused() {
        outer.refuseLogins(true);
        try (SshFixture ssh = jump()) {
            ssh.failure("inner", TRUE);

            assertThat(ssh.sightings).extracting(seen -> seen.host().name()).containsExactly("outer");
        }
    }

    @Test
    void tellsWhereATunnelLeadsAndThatItIsClosed() {
        try (SshFixture ssh = SshFixture.of(outer.host("app1"))) {
            Tunnel tunnel = ssh.tunnels.open("app1", "10.0.0.11", 6443).await().atMost(SshFixture.PATIENCE);
            tunnel.close();
            tunnel.close();

            assertThat(kinds(ssh))
                    .containsExactly(Kind.SSH_SESSION_OPENED, Kind.SSH_TUNNEL_OPENED, Kind.SSH_TUNNEL_CLOSED);
            assertThat(ssh.sightings.get(1).detail()).contains("leads to 10.0.0.11:6443");
        }
    }

    private SshFixture jump() {
        return new SshFixture(List.of(outer.host("outer"), inner.host("inner", "outer")), Map.of());
    }

    private static List<Kind> kinds(SshFixture ssh) {
        return ssh.sightings.stream().map(Sighting::kind).toList();
    }
}
