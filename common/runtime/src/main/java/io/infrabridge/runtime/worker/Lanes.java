package io.infrabridge.runtime.worker;

import io.infrabridge.contract.Category;
import io.infrabridge.contract.Failure;
import io.smallrye.mutiny.Uni;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.Queue;
import java.util.function.Supplier;

/**
 * Orders work by target: one change at a time in the order they came, and beside it a bounded number of reads. Targets know
 * nothing of each other, so one that hangs delays nobody else.
 */
final class Lanes {
    private final int readsPerTarget;
    private final int waitingPerTarget;
    private final Map<String, Lane> lanes = new HashMap<>();

    /**
     * @param waitingPerTarget how many changes, and how many reads, may wait for one target
     */
    Lanes(int readsPerTarget, int waitingPerTarget) {
        this.readsPerTarget = readsPerTarget;
        this.waitingPerTarget = waitingPerTarget;
    }

    /** As {@link #submit}; false, and nothing is done, when too much waits for this target already. */
    boolean offer(String target, boolean change, Supplier<Uni<Void>> work) {
        return add(target, change, work, waitingPerTarget);
    }

    /** Starts the work as soon as its lane is free; work must handle its own failures. */
    void submit(String target, boolean change, Supplier<Uni<Void>> work) {
        add(target, change, work, Integer.MAX_VALUE);
    }

    static Failure crowded(String target) {
        return Failure.of(
                Category.OVERLOADED,
                "Too many operations wait for " + target + " already; nothing was run.",
                "Ask again when some of them have ended; if none ends, the target hangs.");
    }

    private boolean add(String target, boolean change, Supplier<Uni<Void>> work, int most) {
        Lane lane;
        synchronized (lanes) {
            lane = lanes.computeIfAbsent(target, name -> new Lane());
            Queue<Supplier<Uni<Void>>> waiting = change ? lane.changes : lane.reads;
            if (waiting.size() >= most) {
                return false;
            }
            waiting.add(work);
        }
        advance(target, lane);
        return true;
    }

    private void advance(String target, Lane lane) {
        while (true) {
            Supplier<Uni<Void>> next;
            boolean change;
            synchronized (lanes) {
                if (!lane.changing && !lane.changes.isEmpty()) {
                    change = true;
                    lane.changing = true;
                    next = lane.changes.remove();
                } else if (lane.reading < readsPerTarget && !lane.reads.isEmpty()) {
                    change = false;
                    lane.reading++;
                    next = lane.reads.remove();
                } else {
                    if (lane.idle()) {
                        lanes.remove(target, lane);
                    }
                    return;
                }
            }
            next.get().subscribe().with(done -> ended(target, lane, change), failure -> ended(target, lane, change));
        }
    }

    private void ended(String target, Lane lane, boolean change) {
        synchronized (lanes) {
            if (change) {
                lane.changing = false;
            } else {
                lane.reading--;
            }
        }
        advance(target, lane);
    }

    private static final class Lane {
        private final Queue<Supplier<Uni<Void>>> changes = new ArrayDeque<>();
        private final Queue<Supplier<Uni<Void>>> reads = new ArrayDeque<>();
        private boolean changing;
        private int reading;

        boolean idle() {
            // whatever waits in a free lane has been started before this is asked
            return !changing && reading == 0;
        }
    }
}
