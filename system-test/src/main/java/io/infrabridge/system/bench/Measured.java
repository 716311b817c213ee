package io.infrabridge.system.bench;

import java.util.Arrays;

/**
 * How long many equal things took.
 *
 * @param nanos of each, ascending
 * @param seconds that all took together
 */
record Measured(long[] nanos, double seconds) {
    Measured {
        nanos = nanos.clone();
        Arrays.sort(nanos);
    }

    double p50() {
        return percentile(0.50);
    }

    double p99() {
        return percentile(0.99);
    }

    double perSecond() {
        return nanos.length / seconds;
    }

    /** In milliseconds. */
    private double percentile(double share) {
        return nanos[(int) Math.min(nanos.length - 1L, Math.round(share * (nanos.length - 1)))] / 1e6;
    }
}
