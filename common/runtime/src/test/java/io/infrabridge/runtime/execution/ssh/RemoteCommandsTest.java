package io.infrabridge.runtime.execution.ssh;

import static org.assertj.core.api.Assertions.assertThat;

import io.infrabridge.contract.Category;
import io.infrabridge.contract.Execution;
import io.infrabridge.runtime.execution.AllowedPrograms;
import io.infrabridge.runtime.execution.Cancellation;
import io.infrabridge.runtime.execution.ExecutionFailure;
import io.infrabridge.runtime.execution.HostFactsReader;
import io.infrabridge.runtime.execution.HostLink;
import io.infrabridge.runtime.execution.HostTargets;
import io.infrabridge.runtime.execution.Processes;
import io.infrabridge.runtime.execution.RandomArguments;
import io.infrabridge.runtime.execution.Target;
import io.infrabridge.runtime.operation.Declared;
import io.infrabridge.runtime.operation.HostFacts;
import io.infrabridge.runtime.operation.Output;
import io.infrabridge.runtime.operation.Run;
import io.infrabridge.testkit.ssh.TestSshServer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class RemoteCommandsTest {
    private static final TestSshServer SERVER = TestSshServer.start();
    private static final SshFixture SSH = SshFixture.of(SERVER.host("app1"));

    @AfterAll
    static void close() throws Exception {
        SSH.close();
        SERVER.close();
    }

    @Test
    void givesOutputErrorStatusAndTheSessionsName() {
        HostLink link = SSH.link("app1");
        Output output = link.run(Run.of("list", "ls", "/etc/os-release", "/no/such"), true, Cancellation.never())
                .await()
                .atMost(SshFixture.PATIENCE);

        assertThat(output.status()).isEqualTo(2);
        assertThat(output.text()).isEqualTo("/etc/os-release\n");
        assertThat(output.error()).contains("/no/such");
        assertThat(link.mode()).isEqualTo(Execution.Mode.REMOTE);
        assertThat(link.connectionId()).hasValueSatisfying(id -> assertThat(id).startsWith("app1#"));
    }

    @Test
    void passesEveryArgumentUnchanged() {
        RandomArguments random = new RandomArguments(11);
        for (int i = 0; i < 60; i++) {
            List<String> arguments = random.next();
            arguments.add(0, "x");
            List<String> argv = new ArrayList<>(List.of("printf", "%s\\0"));
            argv.addAll(arguments);

            assertThat(SSH.run("app1", Run.of("print", argv)).text()).isEqualTo(String.join("\0", arguments) + "\0");
        }
    }

    @Test
    void givesAProgramWhatItReads() {
        String most = "ä".repeat(Run.MOST_INPUT / 2);

        assertThat(SSH.run("app1", Run.of("copy", "cat").reading(most)).text()).isEqualTo(most);
        assertThat(SSH.run("app1", Run.of("copy", "cat")).text()).isEmpty();
    }

    @Test
    void isNotDisturbedByAProgramThatDoesNotReadWhatItIsGiven() {
        String most = "x".repeat(Run.MOST_INPUT);
        int connections = SERVER.connections();

        for (int i = 0; i < 200; i++) {
            assertThat(SSH.run("app1", Run.of("do not read", "true").reading(most))
                            .succeeded())
                    .isTrue();
        }
        assertThat(SERVER.connections()).isLessThanOrEqualTo(connections + 1);
    }

    @Test
    void reportsAMissingProgramAs127() {
        assertThat(SSH.run("app1", Run.of("nothing", "no-such-program")).missing())
                .isTrue();
        assertThat(SSH.run("app1", Run.of("nothing", "no-such-program").toItsEndWithin(Duration.ofSeconds(9)))
                        .missing())
                .isTrue();
    }

    @Test
    void saysThatSudoIsMissingOrRefuses() {
        org.junit.jupiter.api.Assumptions.assumeFalse(
                java.nio.file.Files.exists(java.nio.file.Path.of("/usr/bin/sudo")), "sudo may let this account in");
        ExecutionFailure failure = SshFixture.failure(SSH.link("app1")
                .run(Run.of("who", "id").asRoot("to test"), false, Cancellation.never())
                .subscribeAsCompletionStage());

        assertThat(failure.failure().category()).isEqualTo(Category.PRIVILEGE_REQUIRED);
    }

    @Test
    void findsOutTheFactsOfThisMachineOnceForItsSession() {
        HostTargets targets = new HostTargets(
                SSH.inventory,
                SSH.link("app1"),
                SSH.links,
                new HostFactsReader(),
                AllowedPrograms.of(List.of(Declared.everywhere("true"))));
        Target<?> target = targets.reach("app1").await().atMost(SshFixture.PATIENCE);
        int channels = SERVER.channels();

        HostFacts facts = (HostFacts) target.facts();
        assertThat(facts.user()).isEqualTo(System.getProperty("user.name"));
        assertThat(facts.kernel()).isEqualTo(System.getProperty("os.version"));
        assertThat(facts.osRelease()).containsKey("ID");
        assertThat(target.execution(false).sshConnectionId()).isPresent();
        assertThat(targets.reach("app1").await().atMost(SshFixture.PATIENCE).facts())
                .isEqualTo(facts);
        assertThat(SERVER.channels()).isEqualTo(channels);
    }

    @Test
    void endsTheInput() {
        assertThat(SSH.run("app1", Run.of("read", "cat")).succeeded()).isTrue();
    }

    @Test
    void cutsALongOutputAndStillSeesTheEnd() {
        Output output = SSH.run("app1", Run.of("zeros", "head", "-c", "20000000", "/dev/zero"));

        assertThat(output.succeeded()).isTrue();
        assertThat(output.truncated()).isTrue();
        assertThat(output.text()).hasSize(1024 * 1024);
    }

    @Test
    void leavesNoProcessAfterTheLimit() throws Exception {
        String seconds = Processes.uniqueSeconds();
        Run step = Run.of("sleep", "sh", "-c", "sleep " + seconds + " & sleep " + seconds)
                .within(Duration.ofSeconds(1));

        ExecutionFailure failure = SSH.failure("app1", step);

        assertThat(failure.failure().category()).isEqualTo(Category.TIMEOUT);
        assertThat(failure.stoppedForSure()).isTrue();
        Processes.awaitNone(seconds);
    }

    @Test
    void doesNotMistakeAProgramsOwnStatusForATimeout() {
        assertThat(SSH.run("app1", Run.of("own", "sh", "-c", "exit 124")).status())
                .isEqualTo(124);
    }

    @Test
    void stopsWhatIsCancelled() throws Exception {
        String seconds = Processes.uniqueSeconds();
        Cancellation cancellation = new Cancellation();
        CompletableFuture<Output> running = SSH.begin("app1", Run.of("sleep", "sleep", seconds), cancellation);
        Processes.awaitSome(seconds);

        cancellation.request();
        ExecutionFailure failure = SshFixture.failure(running);

        assertThat(failure.failure().category()).isEqualTo(Category.CANCELLED);
        assertThat(failure.stoppedForSure()).isTrue();
        Processes.awaitNone(seconds);
    }

    @Test
    void forcesWhatDoesNotStopWhenItIsAsked() throws Exception {
        String seconds = Processes.uniqueSeconds();
        Cancellation cancellation = new Cancellation();
        CompletableFuture<Output> running =
                SSH.begin("app1", Run.of("stubborn", "sh", "-c", "trap '' TERM; sleep " + seconds), cancellation);
        Processes.awaitSome(seconds);

        cancellation.request();
        ExecutionFailure failure = SshFixture.failure(running);

        assertThat(failure.failure().category()).isEqualTo(Category.CANCELLED);
        assertThat(failure.stoppedForSure()).isTrue();
        Processes.awaitNone(seconds);
    }

    @Test
    void admitsThatACancelWasNotConfirmed() throws Exception {
        String seconds = Processes.uniqueSeconds();
        Cancellation cancellation = new Cancellation();
        try (TestSshServer deaf = TestSshServer.start();
                SshFixture ssh = SshFixture.of(deaf.host("deaf"))) {
            CompletableFuture<Output> running = ssh.begin("deaf", Run.of("sleep", "sleep", seconds), cancellation);
            Processes.awaitSome(seconds);
            deaf.freeze();

            cancellation.request();
            ExecutionFailure failure = SshFixture.failure(running);

            assertThat(failure.failure().category()).isEqualTo(Category.CANCELLED);
            assertThat(failure.stoppedForSure()).isFalse();
        } finally {
            Processes.killAll(seconds);
        }
    }

    @Test
    void startsNothingAfterACancel() {
        int before = SERVER.channels();
        Cancellation cancellation = new Cancellation();
        cancellation.request();

        ExecutionFailure failure = SshFixture.failure(SSH.begin("app1", Run.of("sleep", "sleep", "5"), cancellation));

        assertThat(failure.failure().category()).isEqualTo(Category.CANCELLED);
        assertThat(failure.stoppedForSure()).isTrue();
        assertThat(SERVER.channels() - before).isLessThanOrEqualTo(1);
    }

    @Test
    void leavesAStepAloneThatMustReachItsEnd() throws Exception {
        Cancellation cancellation = new Cancellation();
        CompletableFuture<Output> running = SSH.begin(
                "app1", Run.of("sleep", "sleep", "1.0000072").toItsEndWithin(Duration.ofSeconds(20)), cancellation);
        Processes.awaitSome("1.0000072");
        cancellation.request();

        assertThat(running).succeedsWithin(Duration.ofSeconds(5)).matches(Output::succeeded);
    }

    @Test
    void reportsThatAStepWhichMustNotBeKilledGoesOn() throws Exception {
        String seconds = Processes.uniqueSeconds();
        Run step = Run.of("sleep", "sleep", seconds).toItsEndWithin(Duration.ofMillis(500));

        ExecutionFailure failure = SSH.failure("app1", step);

        assertThat(failure.failure().category()).isEqualTo(Category.TIMEOUT);
        assertThat(failure.stoppedForSure()).isFalse();
        assertThat(Processes.with(seconds)).isPositive();
        Processes.killAll(seconds);
    }
}
