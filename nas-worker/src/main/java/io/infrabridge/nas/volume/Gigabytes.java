package io.infrabridge.nas.volume;

/** Sizes as callers give and get them: a gigabyte is 2^30 bytes, as for lvcreate and zfs. */
final class Gigabytes {
    private static final double BYTES = 1L << 30;

    private Gigabytes() {}

    static double of(long bytes) {
        return Math.round(bytes / BYTES * 1000) / 1000.0;
    }
}
