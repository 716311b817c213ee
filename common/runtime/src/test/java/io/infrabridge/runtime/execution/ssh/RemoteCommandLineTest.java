package io.infrabridge.runtime.execution.ssh;

import static org.assertj.core.api.Assertions.assertThat;

import io.infrabridge.runtime.execution.RandomArguments;
import io.infrabridge.runtime.operation.Run;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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

    /** One shell reads twenty thousand arguments and prints back what it understood. */
    @ParameterizedTest
    @ValueSource(strings = {"sh", "bash"})
    void isReadByARealShellAsTheVeryArgumentsThatWereGiven(String shell, @TempDir Path folder) throws Exception {
        RandomArguments random = new RandomArguments(20261123);
        List<String> given = new ArrayList<>();
        while (given.size() < 20_000) {
            given.addAll(random.next());
        }
        String script = given.stream()
                .map(argument -> "printf '%s\\0' " + RemoteCommandLine.quoted(argument))
                .collect(Collectors.joining("\n"));

        assertThat(read(shell, script, folder)).isEqualTo(given);
    }

    /** Every character that can be in an argument, alone and between others. */
    @Test
    void quotesEveryCharacter() {
        for (char character = 1; character < 0x250; character++) {
            String quoted = RemoteCommandLine.quoted("a" + character + "b");
            boolean harmless = Character.toString(character).matches("[A-Za-z0-9_@%+:,./-]");
            assertThat(quoted.equals("a" + character + "b")).isEqualTo(harmless);
            assertThat(quoted.startsWith("'") && quoted.endsWith("'")).isNotEqualTo(harmless);
        }
    }

    private static List<String> read(String shell, String script, Path folder)
            throws IOException, InterruptedException {
        Path input = Files.writeString(folder.resolve("script"), script);
        Path output = folder.resolve("output");
        int status = new ProcessBuilder(shell, input.toString())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start()
                .waitFor();
        assertThat(status).isZero();
        List<String> words = new ArrayList<>(
                List.of(Files.readString(output, StandardCharsets.UTF_8).split("\0", -1)));
        words.remove(words.size() - 1);
        return words;
    }

    @Test
    void letsNothingEndAStepThatMustReachItsEnd() {
        Run step = STEP.toItsEndWithin(Duration.ofHours(1));

        assertThat(RemoteCommandLine.of(step, false)).startsWith("LC_ALL=C.UTF-8 exec ls ");
        assertThat(RemoteCommandLine.of(step.asRoot("packages"), false))
                .startsWith("LC_ALL=C.UTF-8 exec sudo -n -- ls ");
    }
}
