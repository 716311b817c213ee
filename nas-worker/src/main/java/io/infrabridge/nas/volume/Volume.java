package io.infrabridge.nas.volume;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * One volume, or a snapshot of one, as its keeper shows it.
 *
 * @param name unique within its pool; of ZFS without the pool's name before it
 * @param path where its files are, for a mounted one
 * @param filesystem absent where it is not mounted, so that nobody knows
 * @param sizeBytes of a subvolume of btrfs the size of its pool, into which it may grow; absent for snapshots of ZFS
 * @param usedBytes absent where only its pool knows
 * @param identity how its keeper tells it from all others, where that is not its name
 * @param origin the identity or name of the volume that it is a snapshot of
 */
public record Volume(
        StorageKind kind,
        String pool,
        String name,
        Optional<String> path,
        Optional<String> filesystem,
        Optional<Long> sizeBytes,
        Optional<Long> usedBytes,
        String identity,
        Optional<String> origin,
        Optional<Instant> created,
        Map<String, String> properties) {
    public Volume {
        properties = Map.copyOf(properties);
    }

    public boolean isSnapshot() {
        return origin.isPresent();
    }

    public boolean isSnapshotOf(Volume other) {
        return kind == other.kind
                && pool.equals(other.pool)
                && origin.filter(other.identity::equals).isPresent();
    }

    /** Callers may put the pool before the name. */
    boolean answersTo(String asked) {
        return name.equals(asked) || asked.equals(pool + "/" + name);
    }
}
