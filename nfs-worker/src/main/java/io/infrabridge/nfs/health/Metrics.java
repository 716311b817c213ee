package io.infrabridge.nfs.health;

/**
 * What a mount did while it was measured.
 *
 * @param latencyMs average round trip of its requests; since it was mounted where there were none
 * @param throughputMbps megabits a second, both ways
 * @param retransmissions requests that were sent more than once
 */
record Metrics(double readIops, double writeIops, double latencyMs, double throughputMbps, long retransmissions) {
    private static final double BITS = 8;
    private static final double MEGA = 1_000_000;

    static Metrics between(MountStatistics first, MountStatistics second, double seconds) {
        // counters that went back belong to another mount at the same place
        MountStatistics from = second.operations() < first.operations() ? MountStatistics.none() : first;
        double window = Math.max(seconds, 0.001);
        long operations = second.operations() - from.operations();
        double latency = operations > 0
                ? (double) (second.roundTripMs() - from.roundTripMs()) / operations
                : second.operations() > 0 ? (double) second.roundTripMs() / second.operations() : 0;
        return new Metrics(
                rounded((second.reads() - from.reads()) / window),
                rounded((second.writes() - from.writes()) / window),
                rounded(latency),
                rounded((second.bytes() - from.bytes()) * BITS / MEGA / window),
                Math.max(0, second.retransmissions() - from.retransmissions()));
    }

    static double rounded(double value) {
        return Math.round(value * 1000) / 1000.0;
    }
}
