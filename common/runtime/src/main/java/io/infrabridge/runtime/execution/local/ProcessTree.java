package io.infrabridge.runtime.execution.local;

import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** A process and everything that it started. */
final class ProcessTree {
    private static final Duration LAST_WAIT = Duration.ofSeconds(2);

    private final Process root;
    private final Set<ProcessHandle> known = new LinkedHashSet<>();

    ProcessTree(Process root) {
        this.root = root;
    }

    /**
     * Asks all to end, then forces those that did not; tells whether all are gone. The caller's work goes on meanwhile,
     * because a process that waits for its reader cannot end.
     */
    boolean kill(Duration grace, Runnable meanwhile) throws InterruptedException {
        // seen before the root is gone: afterwards nobody can tell whose children they were
        look();
        known.forEach(ProcessHandle::destroy);
        if (endsWithin(grace, meanwhile)) {
            return true;
        }
        look();
        known.forEach(ProcessHandle::destroyForcibly);
        return endsWithin(LAST_WAIT, meanwhile);
    }

    private boolean endsWithin(Duration time, Runnable meanwhile) throws InterruptedException {
        long end = System.nanoTime() + time.toNanos();
        while (System.nanoTime() < end) {
            if (known.stream().noneMatch(ProcessHandle::isAlive)) {
                return true;
            }
            meanwhile.run();
            TimeUnit.MILLISECONDS.sleep(10);
        }
        return known.stream().noneMatch(ProcessHandle::isAlive);
    }

    private void look() {
        known.add(root.toHandle());
        Set<ProcessHandle> found =
                known.stream().flatMap(ProcessHandle::descendants).collect(Collectors.toCollection(LinkedHashSet::new));
        known.addAll(found);
    }
}
