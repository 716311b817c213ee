package io.infrabridge.runtime.execution.ssh;

import static org.assertj.core.api.Assertions.assertThat;

import io.infrabridge.runtime.operation.Run;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class RemoteCommandLineTest {
    private static final Run STEP =
            Run.of("list", "ls", "-l", "a b", "it's", "").within(Duration.ofMillis(1500));

    @Test
    void quotesWhatAShellWouldInterpretAndLetsTimeoutEndIt() {
        assertThat(RemoteCommandLine.of(STEP, false))
                .isEqualTo("LC_ALL=C.UTF-8 exec timeout -k 5 2 ls -l 'a b' 'it'\\''s' ''");
    }

    @Test
    void letsSudoKeepTheLimitOfWhatRunsAsRoot() {
        assertThat(RemoteCommandLine.of(STEP.asRoot("it is private"), false))
                .startsWith("LC_ALL=C.UTF-8 exec sudo -n -T 2 -- ls ");
    }

    @Test
    void needsNoSudoForRoot() {
        assertThat(RemoteCommandLine.of(STEP.asRoot("it is private"), true))
                .startsWith("LC_ALL=C.UTF-8 exec timeout -k 5 2 ls ");
    }

    @Test
    void letsNothingEndAStepThatMustReachItsEnd() {
        Run step = STEP.toItsEndWithin(Duration.ofHours(1));

        assertThat(RemoteCommandLine.of(step, false)).startsWith("LC_ALL=C.UTF-8 exec ls ");
        assertThat(RemoteCommandLine.of(step.asRoot("packages"), false))
                .startsWith("LC_ALL=C.UTF-8 exec sudo -n -- ls ");
    }
}
