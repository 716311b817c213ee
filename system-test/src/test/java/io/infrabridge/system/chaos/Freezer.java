package io.infrabridge.system.chaos;

import io.infrabridge.system.Eventually;
import io.infrabridge.system.FrozenProcess;
import io.infrabridge.system.Shell;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

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
                    () -> FrozenProcess.stopped(process));
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
}
