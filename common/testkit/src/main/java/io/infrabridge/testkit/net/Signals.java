package io.infrabridge.testkit.net;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** What a test does to a process and all its descendants. */
public final class Signals {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private Signals() {}

    /** SIGSTOP; returns when every thread has stopped, so that nothing of it runs any more. */
    public static void freeze(ProcessHandle root) {
        // the root first: what does not run starts no further child
        send("-STOP", root);
        await(root, Signals::stopped);
        root.descendants().forEach(child -> {
            send("-STOP", child);
            await(child, Signals::stopped);
        });
    }

    /** SIGCONT. */
    public static void thaw(ProcessHandle root) {
        root.descendants().forEach(child -> send("-CONT", child));
        send("-CONT", root);
    }

    /** SIGKILL; returns when all are gone. */
    public static void kill(ProcessHandle root) {
        List<ProcessHandle> all =
                Stream.concat(Stream.of(root), root.descendants()).toList();
        all.forEach(ProcessHandle::destroyForcibly);
        all.forEach(process -> await(process, gone -> !gone.isAlive()));
    }

    private static boolean stopped(ProcessHandle process) {
        try (Stream<Path> threads = Files.list(Path.of("/proc/" + process.pid() + "/task"))) {
            return threads.allMatch(Signals::stopped);
        } catch (IOException gone) {
            return !process.isAlive();
        }
    }

    /** The state follows the name, which is in parentheses; see proc(5). */
    private static boolean stopped(Path thread) {
        try {
            String stat = Files.readString(thread.resolve("stat"));
            char state = stat.charAt(stat.lastIndexOf(')') + 2);
            return state == 'T' || state == 'Z';
        } catch (IOException gone) {
            return true;
        }
    }

    private static void await(ProcessHandle process, Predicate<ProcessHandle> condition) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.test(process)) {
            if (System.nanoTime() > end) {
                throw new AssertionError("process " + process.pid() + " does not take the signal");
            }
            Thread.onSpinWait();
        }
    }

    /** What has ended is not signalled: another process might have got its number. */
    private static void send(String signal, ProcessHandle process) {
        if (!process.isAlive()) {
            return;
        }
        try {
            // it may have ended by itself meanwhile
            int status = new ProcessBuilder("kill", signal, Long.toString(process.pid()))
                    .redirectErrorStream(true)
                    .start()
                    .waitFor();
            if (status != 0 && process.isAlive()) {
                throw new AssertionError("kill " + signal + " gave " + status);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
