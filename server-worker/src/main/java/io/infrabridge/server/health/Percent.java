package io.infrabridge.server.health;

/** Percentages with one digit after the point. */
final class Percent {
    private Percent() {}

    static double of(long part, long whole) {
        return whole <= 0 ? 0 : Math.round(1000.0 * part / whole) / 10.0;
    }
}
