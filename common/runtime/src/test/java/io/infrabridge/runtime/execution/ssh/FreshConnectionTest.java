package io.infrabridge.runtime.execution.ssh;

import static org.assertj.core.api.Assertions.assertThat;

import io.infrabridge.contract.Category;
import io.infrabridge.runtime.execution.ExecutionFailure;
import io.infrabridge.runtime.operation.Confirm;
import io.infrabridge.runtime.operation.Output;
import io.infrabridge.runtime.operation.Run;
import io.infrabridge.testkit.net.UnreliablePort;
import io.infrabridge.testkit.ssh.TestSshServer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A connection that is there already proves nothing: only one that is made anew does. */
class FreshConnectionTest {
    private static final Run TRUE = Run.of("nothing", "true");

    private final TestSshServer server = TestSshServer.start();

    @AfterEach
    void close() throws Exception {
        server.close();
    }

    @Test
    void logsInOnceMoreAndLeaves() {
        try (SshFixture ssh = SshFixture.of(server.host("app1"))) {
            ssh.run("app1", TRUE);

            assertThat(confirm(ssh, Duration.ofSeconds(20)))
                    .succeedsWithin(SshFixture.PATIENCE)
                    .matches(Output::succeeded);
            assertThat(server.connections()).isEqualTo(2);
            assertThat(server.commandLines()).last().asString().endsWith("true");

            ssh.run("app1", TRUE);
            assertThat(server.connections()).as("the others go on as before").isEqualTo(2);
        }
    }

    @Test
    void saysThatNobodyComesInThoughTheOldConnectionWorks() {
        try (SshFixture ssh = SshFixture.of(server.host("app1"))) {
            ssh.run("app1", TRUE);
            server.refuseLogins(true);

            ExecutionFailure failure = SshFixture.failure(confirm(ssh, Duration.ofSeconds(20)));

            assertThat(failure.failure().category()).isEqualTo(Category.VERIFICATION_FAILED);
            assertThat(failure.failure().message()).contains("app1");
            assertThat(failure.stoppedForSure()).isTrue();
            assertThat(ssh.run("app1", TRUE).succeeded()).isTrue();
        }
    }

    @Test
    void doesNotWaitLongerThanItsLimit() throws Exception {
        try (UnreliablePort way = UnreliablePort.leadingTo(server.port());
                SshFixture ssh = new SshFixture(List.of(server.behind(way, "app1")), Map.of())) {
            way.fallSilent();

            ExecutionFailure failure = SshFixture.failure(confirm(ssh, Duration.ofSeconds(1)));

            assertThat(failure.failure().category()).isEqualTo(Category.VERIFICATION_FAILED);
            assertThat(failure.failure().message()).contains("1 s");
        }
    }

    private static CompletableFuture<Output> confirm(SshFixture ssh, Duration limit) {
        return ssh.link("app1")
                .confirm(new Confirm("Come to the host anew", limit))
                .subscribeAsCompletionStage();
    }
}
