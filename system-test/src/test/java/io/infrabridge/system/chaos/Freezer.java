package io.infrabridge.system.chaos;

import io.infrabridge.testkit.net.Signals;
import java.util.ArrayList;
import java.util.List;

/** Knows what is frozen, so that nothing is left so. */
final class Freezer {
    private final List<ProcessHandle> frozen = new ArrayList<>();

    /** Every thread of every process has stopped when this returns; one that has ended meanwhile counts as stopped. */
    synchronized void freeze(List<ProcessHandle> processes) {
        frozen.addAll(processes);
        processes.forEach(Signals::freeze);
    }

    synchronized void thaw(List<ProcessHandle> processes) {
        processes.forEach(Signals::thaw);
        frozen.removeAll(processes);
    }

    synchronized void thawAll() {
        thaw(List.copyOf(frozen));
    }
}
