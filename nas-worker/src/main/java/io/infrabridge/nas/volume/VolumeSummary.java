package io.infrabridge.nas.volume;

import java.util.Optional;

/**
 * One volume as it is listed.
 *
 * @param filesystem absent where it is not mounted, so that nobody knows
 * @param sizeGb for btrfs the size of the pool, into which each of its volumes may grow
 * @param usedGb absent where only the pool knows
 */
record VolumeSummary(
        String name,
        String pool,
        StorageKind kind,
        Optional<String> filesystem,
        Optional<Double> sizeGb,
        Optional<Double> usedGb,
        Optional<String> mountPoint) {
    static VolumeSummary of(Volume volume) {
        return new VolumeSummary(
                volume.name(),
                volume.pool(),
                volume.kind(),
                volume.filesystem(),
                volume.sizeBytes().map(Gigabytes::of),
                volume.usedBytes().map(Gigabytes::of),
                volume.path());
    }
}
