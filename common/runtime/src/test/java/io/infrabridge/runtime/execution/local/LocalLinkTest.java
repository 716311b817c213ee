package io.infrabridge.runtime.execution.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.infrabridge.contract.Category;
import io.infrabridge.runtime.execution.Cancellation;
import io.infrabridge.runtime.execution.ExecutionFailure;
import io.infrabridge.runtime.execution.Processes;
import io.infrabridge.runtime.execution.RandomArguments;
import io.infrabridge.runtime.operation.Confirm;
import io.infrabridge.runtime.operation.Output;
import io.infrabridge.runtime.operation.ReadProc;
import io.infrabridge.runtime.operation.Run;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class LocalLinkTest {
    private static final LocalSettings SETTINGS =
            new SmallRyeConfigBuilder().withMapping(LocalSettings.class).build().getConfigMapping(LocalSettings.class);
    private static final LocalLink LINK = new LocalLink(SETTINGS);

    @AfterAll
    static void close() {
        LINK.close();
    }

    @Test
    void keepsAMebibyteOfOutputByDefault() {
        assertThat(SETTINGS.outputLimit()).isEqualTo(1024 * 1024);
        assertThat(SETTINGS.processes()).isEqualTo(32);
    }

    @Test
    void givesOutputErrorAndStatus() {
        Output output = run(Run.of("list", "ls", "/etc/os-release", "/no/such/file"));

        assertThat(output.status()).isEqualTo(2);
        assertThat(output.text()).isEqualTo("/etc/os-release\n");
        assertThat(output.error()).contains("/no/such/file");
    }

    @Test
    void passesEveryArgumentUnchanged() {
        RandomArguments random = new RandomArguments(7);
        for (int i = 0; i < 40; i++) {
            List<String> arguments = random.next();
            arguments.add(0, "x");
            List<String> argv = new ArrayList<>(List.of("printf", "%s\\0"));
            argv.addAll(arguments);

            assertThat(run(Run.of("print", argv)).text()).isEqualTo(String.join("\0", arguments) + "\0");
        }
    }

    @Test
    void givesAProgramWhatItReads() {
        String most = "ä".repeat(Run.MOST_INPUT / 2);

        assertThat(run(Run.of("copy", "cat").reading(most)).text()).isEqualTo(most);
        assertThat(run(Run.of("copy", "cat")).text()).isEmpty();
        assertThat(run(Run.of("do not read", "true").reading(most)).succeeded()).isTrue();
    }

    @Test
    void needsNoConnectionToProveItself() {
        assertThat(LINK.confirm(new Confirm("come anew", Duration.ofSeconds(5)))
                        .await()
                        .atMost(Duration.ofSeconds(5))
                        .succeeded())
                .isTrue();
    }

    @Test
    void readsTheKernelsFilesWithoutAProgram() {
        LocalLink withoutPrograms = new LocalLink(SETTINGS);
        withoutPrograms.close();
        Output output = read(withoutPrograms, ReadProc.of("host", "/proc/sys/kernel/ostype", "/proc/version"));

        assertThat(output.succeeded()).isTrue();
        assertThat(output.text()).startsWith("Linux\nLinux version ");
        assertThat(run(ReadProc.of("the same by a program", "/proc/sys/kernel/ostype", "/proc/version")
                                .asRun())
                        .text())
                .isEqualTo(output.text());
    }

    @Test
    void givesWhatItCouldReadAndNamesWhatNot() {
        Output output = read(LINK, ReadProc.of("host", "/proc/no_such_file", "/proc/sys/kernel/ostype"));

        assertThat(output.status()).isEqualTo(1);
        assertThat(output.text()).isEqualTo("Linux\n");
        assertThat(output.error()).contains("/proc/no_such_file");
    }

    @Test
    void reportsAMissingProgramAs127() {
        assertThat(run(Run.of("nothing", "no-such-program")).missing()).isTrue();
    }

    @Test
    void givesProgramsACleanEnvironment() {
        assertThat(run(Run.of("environment", "env")).lines())
                .allMatch(line -> line.matches("(PATH|LC_ALL|HOME)=.*"))
                .contains("LC_ALL=C.UTF-8");
    }

    @Test
    void givesProgramsNoInput() {
        assertThat(run(Run.of("read", "cat")).text()).isEmpty();
    }

    @Test
    void cutsALongOutputAndStillSeesTheEnd() {
        Output output = run(Run.of("zeros", "head", "-c", "5000000", "/dev/zero"));

        assertThat(output.succeeded()).isTrue();
        assertThat(output.truncated()).isTrue();
        assertThat(output.text()).hasSize(1024 * 1024);
    }

    @Test
    void killsTheWholeTreeAtTheLimit() throws Exception {
        String seconds = Processes.uniqueSeconds();
        Run step = Run.of("sleep", "sh", "-c", "trap '' TERM; sleep " + seconds + " & sleep " + seconds + "; sleep 1")
                .within(Duration.ofMillis(500));

        ExecutionFailure failure = failure(begin(step, Cancellation.never()));

        assertThat(failure.failure().category()).isEqualTo(Category.TIMEOUT);
        assertThat(failure.stoppedForSure()).isTrue();
        assertThat(Processes.with(seconds)).isZero();
    }

    @Test
    void killsOnCancel() throws Exception {
        String seconds = Processes.uniqueSeconds();
        Cancellation cancellation = new Cancellation();
        CompletableFuture<Output> running = begin(Run.of("sleep", "sleep", seconds), cancellation);
        Processes.awaitSome(seconds);

        cancellation.request();

        assertThat(failure(running).failure().category()).isEqualTo(Category.CANCELLED);
        assertThat(Processes.with(seconds)).isZero();
    }

    @Test
    void startsNothingAfterACancel() {
        Cancellation cancellation = new Cancellation();
        cancellation.request();

        ExecutionFailure failure = failure(begin(Run.of("sleep", "sleep", "5"), cancellation));

        assertThat(failure.failure().category()).isEqualTo(Category.CANCELLED);
        assertThat(failure.stoppedForSure()).isTrue();
    }

    @Test
    void leavesAStepAloneThatMustReachItsEnd() throws Exception {
        Cancellation cancellation = new Cancellation();
        CompletableFuture<Output> running =
                begin(Run.of("sleep", "sleep", "1.0000071").toItsEndWithin(Duration.ofSeconds(10)), cancellation);
        Processes.awaitSome("1.0000071");
        cancellation.request();

        assertThat(running).succeedsWithin(Duration.ofSeconds(5)).matches(Output::succeeded);
    }

    @Test
    void reportsThatAStepWhichMustNotBeKilledGoesOn() throws Exception {
        String seconds = Processes.uniqueSeconds();
        Run step = Run.of("sleep", "sleep", seconds).toItsEndWithin(Duration.ofMillis(300));

        ExecutionFailure failure = failure(begin(step, Cancellation.never()));

        assertThat(failure.failure().category()).isEqualTo(Category.TIMEOUT);
        assertThat(failure.stoppedForSure()).isFalse();
        assertThat(Processes.with(seconds)).isPositive();
        Processes.killAll(seconds);
    }

    @Test
    void doesNotWaitForADaemonThatHoldsTheOutput() {
        String seconds = Processes.uniqueSeconds();

        Output output = run(Run.of("daemon", "sh", "-c", "sleep " + seconds + " & echo started"));

        assertThat(output.text()).isEqualTo("started\n");
        Processes.killAll(seconds);
    }

    @Test
    void runsManyAtOnce() {
        List<CompletableFuture<Output>> all = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            all.add(begin(Run.of("echo", "echo", "n" + i), Cancellation.never()));
        }
        for (int i = 0; i < 100; i++) {
            assertThat(all.get(i).join().text()).isEqualTo("n" + i + "\n");
        }
    }

    @Test
    void wantsSudoOnlyForAnAccountThatIsNotRoot() {
        Output asRoot = LINK.run(Run.of("who", "id", "-u").asRoot("test"), true, Cancellation.never())
                .await()
                .atMost(Duration.ofSeconds(5));
        assertThat(asRoot.succeeded()).isTrue();

        if (ProgramPath.find("sudo").isEmpty()) {
            assertThatThrownBy(() -> LINK.run(Run.of("who", "id").asRoot("test"), false, Cancellation.never())
                            .await()
                            .atMost(Duration.ofSeconds(5)))
                    .isInstanceOf(ExecutionFailure.class)
                    .hasMessageContaining("PRIVILEGE_REQUIRED");
        }
    }

    private static Output read(LocalLink link, ReadProc step) {
        return link.read(step, Cancellation.never()).await().atMost(Duration.ofSeconds(20));
    }

    private static Output run(Run step) {
        return LINK.run(step, true, Cancellation.never()).await().atMost(Duration.ofSeconds(20));
    }

    private static CompletableFuture<Output> begin(Run step, Cancellation cancellation) {
        return LINK.run(step, true, cancellation).subscribeAsCompletionStage();
    }

    private static ExecutionFailure failure(CompletableFuture<Output> running) {
        try {
            throw new AssertionError("no failure but " + running.get(20, TimeUnit.SECONDS));
        } catch (ExecutionException e) {
            return (ExecutionFailure) e.getCause();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }
}
