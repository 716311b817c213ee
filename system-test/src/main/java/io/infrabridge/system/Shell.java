package io.infrabridge.system;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Programs that tests run beside the system: ssh, curl, node, kill. */
public final class Shell {
    private Shell() {}

    /** What a program said and how it ended. */
    public record Answer(int exitCode, String output, String error) {
        public String successful() {
            if (exitCode != 0) {
                throw new AssertionError("ended with " + exitCode + ": " + error + output);
            }
            return output;
        }
    }

    public static Answer run(Duration limit, Map<String, String> environment, List<String> argv) {
        return run(limit, environment, argv, "");
    }

    /** @param input what the program reads */
    static Answer run(Duration limit, Map<String, String> environment, List<String> argv, String input) {
        try {
            Path read = Files.writeString(Files.createTempFile("input", ".txt"), input);
            Path output = Files.createTempFile("output", ".txt");
            Path error = Files.createTempFile("error", ".txt");
            try {
                ProcessBuilder builder = new ProcessBuilder(argv)
                        .redirectInput(read.toFile())
                        .redirectOutput(output.toFile())
                        .redirectError(error.toFile());
                builder.environment().putAll(environment);
                Process process = builder.start();
                if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
                    process.descendants().forEach(ProcessHandle::destroyForcibly);
                    process.destroyForcibly();
                    throw new AssertionError("not ended after " + limit.toSeconds() + " s: " + argv);
                }
                return new Answer(process.exitValue(), text(output), text(error));
            } finally {
                Files.delete(read);
                Files.delete(output);
                Files.delete(error);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    public static Answer run(String... argv) {
        return run(Duration.ofSeconds(60), Map.of(), List.of(argv));
    }

    private static String text(Path file) throws IOException {
        return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
    }
}
