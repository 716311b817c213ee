package io.infrabridge.system.chaos;

import io.infrabridge.system.Eventually;
import io.infrabridge.system.Shell;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Stops processes and lets them go on; knows from the kernel that they do not run in between. */
final class Freezer {
    private final List<ProcessHandle> frozen = new ArrayList<>();

    /** Every thread of every process has stopped when this returns; one that has ended meanwhile counts as stopped. */
    synchronized void freeze(List<ProcessHandle> processes) {
        frozen.addAll(processes);
        processes.forEach(process -> signal("-STOP", process));
        for (ProcessHandle process : processes) {
            Eventually.isTrue(
                    "every thread of " + process.pid() + " is stopped",
                    Duration.ofSeconds(5),
                    () -> stopped(process.pid()));
        }
    }

    synchronized void thaw(List<ProcessHandle> processes) {
        processes.forEach(process -> signal("-CONT", process));
        frozen.removeAll(processes);
    }

    synchronized void thawAll() {
        thaw(List.copyOf(frozen));
    }

    /** A pid that has ended is not signalled: another process might have got it. */
    private static void signal(String signal, ProcessHandle process) {
        if (process.isAlive()) {
            Shell.run("kill", signal, Long.toString(process.pid()));
        }
    }

    /** See proc_pid_stat(5): the state stands behind the name, which is in parentheses and may hold any. */
    private static boolean stopped(long pid) {
        try (Stream<Path> threads = Files.list(Path.of("/proc", Long.toString(pid), "task"))) {
            for (Path thread : threads.toList()) {
                String stat = Files.readString(thread.resolve("stat"));
                char state = stat.charAt(stat.lastIndexOf(')') + 2);
                if ("TZX".indexOf(state) < 0) {
                    return false;
                }
            }
            return true;
        } catch (NoSuchFileException ended) {
            return true;
        } catch (IOException ended) {
            // a thread that ends while it is read about
            return false;
        }
    }
}
