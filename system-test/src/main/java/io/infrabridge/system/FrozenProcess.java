package io.infrabridge.system;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;

/** A process that does not run until this is closed. */
public record FrozenProcess(ProcessHandle process) implements AutoCloseable {
    private static final Duration STOPPED_WITHIN = Duration.ofSeconds(10);

    /**
     * Returns when no thread of it runs any more. The signal alone does not promise that: on a busy machine the threads go on
     * until one of them has taken it.
     */
    static FrozenProcess freeze(ProcessHandle process) {
        Shell.run("kill", "-STOP", Long.toString(process.pid())).successful();
        FrozenProcess frozen = new FrozenProcess(process);
        Eventually.isTrue("every thread of " + process.pid() + " has stopped", STOPPED_WITHIN, () -> stopped(process));
        return frozen;
    }

    @Override
    public void close() {
        Shell.run("kill", "-CONT", Long.toString(process.pid())).successful();
    }

    /** Whether no thread of it runs; one that has ended does not. */
    public static boolean stopped(ProcessHandle process) {
        Path threads = Path.of("/proc", Long.toString(process.pid()), "task");
        try (Stream<Path> each = Files.list(threads)) {
            return each.allMatch(FrozenProcess::stopped);
        } catch (NoSuchFileException ended) {
            return true;
        } catch (IOException | UncheckedIOException e) {
            // a thread ended while it was read about
            return !process.isAlive();
        }
    }

    /** See proc_pid_stat(5): the state follows the name, which is in brackets and may contain any of them. */
    private static boolean stopped(Path thread) {
        try {
            String stat = Files.readString(thread.resolve("stat"));
            char state = stat.charAt(stat.lastIndexOf(')') + 2);
            return "TtZX".indexOf(state) >= 0;
        } catch (NoSuchFileException ended) {
            return true;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
