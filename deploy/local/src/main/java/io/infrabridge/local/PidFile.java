package io.infrabridge.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** The processes that were started, for the next start to end those that a killed launcher left. */
final class PidFile {
    private static final Duration END_WITHIN = Duration.ofSeconds(10);

    /** The kernel counts from the boot, whose time of day may be corrected a little later. */
    private static final Duration CLOCK_TOLERANCE = Duration.ofSeconds(2);

    private final Path file;

    PidFile(Path file) {
        this.file = file;
    }

    /** @param title for whoever looks into the file; without blanks */
    void add(ProcessHandle process, String title) throws IOException {
        String started = process.info().startInstant().map(Instant::toString).orElse("");
        Files.writeString(
                file,
                process.pid() + " " + started + " " + title + "\n",
                StandardOpenOption.CREATE,
                StandardOpenOption.APPEND);
    }

    void clear() {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** All are asked at once: in this state none is worth waiting for another. */
    void endLeftovers() throws IOException {
        if (!Files.exists(file)) {
            return;
        }
        List<ProcessHandle> leftovers = Files.readAllLines(file).stream()
                .flatMap(line -> leftover(line).stream())
                .toList();
        leftovers.forEach(ProcessHandle::destroy);
        Instant deadline = Instant.now().plus(END_WITHIN);
        leftovers.forEach(process -> awaitEnd(process, deadline));
        clear();
    }

    /** Nothing if the pid belongs to another process by now: pid and time of start together name one process. */
    private static Optional<ProcessHandle> leftover(String line) {
        String[] words = line.strip().split(" ");
        if (words.length < 2) {
            return Optional.empty();
        }
        Instant started = Instant.parse(words[1]);
        return ProcessHandle.of(Long.parseLong(words[0]))
                .filter(process -> process.info()
                        .startInstant()
                        .map(instant -> Duration.between(instant, started).abs().compareTo(CLOCK_TOLERANCE) <= 0)
                        .orElse(false));
    }

    private static void awaitEnd(ProcessHandle process, Instant deadline) {
        try {
            long left = Math.max(0, Duration.between(Instant.now(), deadline).toMillis());
            process.onExit().get(left, TimeUnit.MILLISECONDS);
        } catch (TimeoutException late) {
            process.destroyForcibly();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }
}
