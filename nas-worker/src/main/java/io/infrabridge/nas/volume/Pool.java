package io.infrabridge.nas.volume;

import java.util.Optional;

/** What volumes lie in. */
public record Pool(
        String name,
        StorageKind kind,
        double sizeGb,
        double usedGb,
        double freeGb,
        Optional<String> mountPoint,
        Optional<String> health) {
    static Pool of(
            String name, StorageKind kind, long size, long free, Optional<String> mountPoint, Optional<String> health) {
        return new Pool(
                name, kind, Gigabytes.of(size), Gigabytes.of(size - free), Gigabytes.of(free), mountPoint, health);
    }
}
