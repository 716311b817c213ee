package io.infrabridge.runtime.worker;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** Counts steps that were begun, and wakes whoever waits for some more. */
final class StepCount {
    private static final Duration PATIENCE = Bench.PATIENCE.multipliedBy(3);

    private int begun;

    synchronized void add() {
        begun++;
        notifyAll();
    }

    /** Returns when so many more were begun. */
    synchronized void awaitMore(int steps) throws InterruptedException {
        int enough = begun + steps;
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (begun < enough) {
            long left = end - System.nanoTime();
            if (left <= 0) {
                throw new AssertionError("nothing is being worked on");
            }
            TimeUnit.NANOSECONDS.timedWait(this, left);
        }
    }
}
