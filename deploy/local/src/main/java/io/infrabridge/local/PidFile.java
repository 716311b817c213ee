package io.infrabridge.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** The processes that were started, for the next start to end those that a killed launcher left. */
final class PidFile {
    private static final long END_SECONDS = 20;

    /** The kernel counts from the boot, whose time of day may be corrected a little later. */
    private static final Duration CLOCK_TOLERANCE = Duration.ofSeconds(2);

    private final Path file;

    PidFile(Path file) {
        this.file = file;
    }

    void add(ProcessHandle process) throws IOException {
        String started = process.info().startInstant().map(Instant::toString).orElse("");
        Files.writeString(
                file, process.pid() + " " + started + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    void clear() {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void endLeftovers() throws IOException {
        if (Files.exists(file)) {
            Files.readAllLines(file).forEach(line -> leftover(line).ifPresent(PidFile::end));
            clear();
        }
    }

    /** Nothing if the pid belongs to another process by now: pid and time of start together name one process. */
    private static Optional<ProcessHandle> leftover(String line) {
        String[] words = line.strip().split(" ");
        if (words.length != 2) {
            return Optional.empty();
        }
        Instant started = Instant.parse(words[1]);
        return ProcessHandle.of(Long.parseLong(words[0]))
                .filter(process -> process.info()
                        .startInstant()
                        .map(instant -> Duration.between(instant, started).abs().compareTo(CLOCK_TOLERANCE) <= 0)
                        .orElse(false));
    }

    private static void end(ProcessHandle process) {
        process.destroy();
        try {
            process.onExit().get(END_SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException late) {
            process.destroyForcibly();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }
}
