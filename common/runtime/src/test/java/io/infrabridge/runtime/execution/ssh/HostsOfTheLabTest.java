package io.infrabridge.runtime.execution.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

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
import io.infrabridge.runtime.operation.Distro;
import io.infrabridge.runtime.operation.HostFacts;
import io.infrabridge.runtime.operation.Output;
import io.infrabridge.runtime.operation.Run;
import io.infrabridge.trust.inventory.Inventory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Against real sshd and sudo: the hosts that deploy/lab sets up. */
@Tag("lab")
class HostsOfTheLabTest {
    private static final Path INVENTORY =
            Path.of(System.getProperty("infrabridge.lab", "/run/infrabridge-lab"), "inventory.yaml");
    private static SshFixture ssh;

    @BeforeAll
    static void connect() {
        assumeTrue(Files.isReadable(INVENTORY), "the lab is not up: deploy/lab/up, or -Dinfrabridge.lab=its state");
        ssh = new SshFixture(Inventory.read(INVENTORY).hosts(), Map.of());
    }

    @AfterAll
    static void close() {
        if (ssh != null) {
            ssh.close();
        }
    }

    @Test
    void reachesAHostBehindTheBastion() {
        HostLink noLocal = ssh.link("app2");
        HostTargets targets = new HostTargets(
                ssh.inventory,
                noLocal,
                ssh.links,
                new HostFactsReader(),
                AllowedPrograms.of(List.of(Declared.everywhere("true"))));

        Target<?> app1 = targets.reach("app1").await().atMost(SshFixture.PATIENCE);

        HostFacts facts = (HostFacts) app1.facts();
        assertThat(facts.hostname()).isEqualTo("app1");
        assertThat(facts.distro()).isEqualTo(Distro.UBUNTU);
        assertThat(facts.user()).isEqualTo("infra");
        assertThat(facts.root()).isFalse();
        assertThat(app1.execution(false).mode()).isEqualTo(Execution.Mode.REMOTE);
        assertThat(app1.execution(false).sshConnectionId()).isPresent();
    }

    @Test
    void passesEveryArgumentUnchanged() {
        RandomArguments random = new RandomArguments(5);
        for (int i = 0; i < 30; i++) {
            List<String> arguments = random.next();
            arguments.add(0, "x");
            List<String> argv = new ArrayList<>(List.of("printf", "%s\\0"));
            argv.addAll(arguments);

            assertThat(ssh.run("app2", Run.of("print", argv)).text()).isEqualTo(String.join("\0", arguments) + "\0");
        }
    }

    @Test
    void givesAProgramWhatItReads() {
        String most = "ä".repeat(Run.MOST_INPUT / 2);

        assertThat(ssh.run("app2", Run.of("copy", "cat").reading(most)).text()).isEqualTo(most);
        assertThat(ssh.run("app2", Run.of("copy", "cat").reading("")).text()).isEmpty();
        assertThat(ssh.run("app2", Run.of("copy", "cat")).text()).isEmpty();
        assertThat(ssh.run("app2", Run.of("do not read", "true").reading(most)).succeeded())
                .isTrue();
    }

    @Test
    void runsAsRootWhereTheStepSaysSo() {
        assertThat(asInfra("app2", Run.of("who", "id", "-u").asRoot("to test"), Cancellation.never())
                        .join()
                        .text())
                .isEqualTo("0\n");
        assertThat(asInfra("app2", Run.of("who", "id", "-u"), Cancellation.never())
                        .join()
                        .text())
                .isNotEqualTo("0\n");
    }

    @Test
    void reportsAMissingProgramAs127() {
        assertThat(ssh.run("app2", Run.of("none", "no-such-program")).missing()).isTrue();
        assertThat(asInfra("app2", Run.of("none", "no-such-program").asRoot("to test"), Cancellation.never())
                        .join()
                        .missing())
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void leavesNoProcessAfterTheLimit(boolean sudo) {
        String seconds = Processes.uniqueSeconds();
        Run step = Run.of("sleep", "sleep", seconds).within(Duration.ofSeconds(1));

        ExecutionFailure failure =
                SshFixture.failure(asInfra("app2", sudo ? step.asRoot("to test") : step, Cancellation.never()));

        assertThat(failure.failure().category()).isEqualTo(Category.TIMEOUT);
        assertThat(failure.stoppedForSure()).isTrue();
        assertThat(sleeping("app2", seconds)).isFalse();
    }

    @Test
    void stopsWhatIsCancelled() throws Exception {
        String seconds = Processes.uniqueSeconds();
        Cancellation cancellation = new Cancellation();
        CompletableFuture<Output> running = asInfra("app2", Run.of("sleep", "sleep", seconds), cancellation);
        Processes.await(() -> sleeping("app2", seconds));

        cancellation.request();
        ExecutionFailure failure = SshFixture.failure(running);

        assertThat(failure.failure().category()).isEqualTo(Category.CANCELLED);
        assertThat(failure.stoppedForSure()).isTrue();
        assertThat(sleeping("app2", seconds)).isFalse();
    }

    @Test
    void tellsTheTruthAboutACancelOfWhatRunsAsRoot() throws Exception {
        String seconds = Processes.uniqueSeconds();
        Cancellation cancellation = new Cancellation();
        Run step = Run.of("sleep", "sleep", seconds).asRoot("to test").within(Duration.ofSeconds(15));
        CompletableFuture<Output> running = asInfra("app2", step, cancellation);
        Processes.await(() -> sleeping("app2", seconds));

        cancellation.request();
        ExecutionFailure failure = SshFixture.failure(running);

        assertThat(failure.failure().category()).isEqualTo(Category.CANCELLED);
        assertThat(failure.stoppedForSure()).isEqualTo(!sleeping("app2", seconds));
        // sudo keeps the limit, whatever became of the channel
        Processes.await(() -> !sleeping("app2", seconds));
    }

    @Test
    void runsMoreCommandsAtOnceThanOneSessionTakes() {
        List<CompletableFuture<Output>> running = new ArrayList<>();
        for (int i = 0; i < 35; i++) {
            running.add(ssh.begin("nas1", Run.of("sleep", "sleep", "0.5"), Cancellation.never()));
        }
        running.forEach(
                each -> assertThat(each).succeedsWithin(SshFixture.PATIENCE).matches(Output::succeeded));
    }

    @Test
    void refusesAnImpostor() {
        assertThat(ssh.failure("impostor", Run.of("nothing", "true")).failure().category())
                .isEqualTo(Category.HOST_KEY_MISMATCH);
    }

    @Test
    void saysThatAnAccountIsLocked() {
        assertThat(ssh.failure("locked", Run.of("nothing", "true")).failure().category())
                .isEqualTo(Category.LOGIN_REFUSED);
    }

    @Test
    void givesUpOnADeadHostWithoutDelayingOthers() {
        CompletableFuture<Output> dead = ssh.begin("deadhost", Run.of("nothing", "true"), Cancellation.never());

        assertThat(ssh.run("app2", Run.of("nothing", "true")).succeeded()).isTrue();
        assertThat(dead).isNotDone();
        assertThat(SshFixture.failure(dead).failure().category()).isEqualTo(Category.HOST_UNREACHABLE);
    }

    private static CompletableFuture<Output> asInfra(String host, Run step, Cancellation cancellation) {
        return ssh.link(host).run(step, false, cancellation).subscribeAsCompletionStage();
    }

    private static boolean sleeping(String host, String seconds) {
        return ssh.run(host, Run.of("processes", "ps", "-eo", "args")).lines().stream()
                .anyMatch(line -> line.strip().equals("sleep " + seconds));
    }
}
