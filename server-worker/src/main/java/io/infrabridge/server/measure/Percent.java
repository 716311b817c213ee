package io.infrabridge.server.measure;

/** Percentages with one digit after the point. */
public final class Percent {
    private Percent() {}

    public static double of(long part, long whole) {
        return whole <= 0 ? 0 : Math.round(1000.0 * part / whole) / 10.0;
    }
}
