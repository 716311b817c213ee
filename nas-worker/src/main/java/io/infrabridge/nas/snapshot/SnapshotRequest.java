package io.infrabridge.nas.snapshot;

import io.infrabridge.runtime.value.InvalidValue;
import io.infrabridge.runtime.value.PoolName;
import io.infrabridge.runtime.value.Remark;
import io.infrabridge.runtime.value.SnapshotName;
import io.infrabridge.runtime.value.VolumeName;
import java.util.Optional;

/**
 * A snapshot to be made.
 *
 * @param retentionDays how long it is to be kept; noted with the snapshot
 */
record SnapshotRequest(
        VolumeName volume,
        SnapshotName name,
        Optional<Integer> retentionDays,
        Optional<Remark> description,
        Optional<PoolName> pool) {
    private static final int LONGEST_DAYS = 3650;

    SnapshotRequest {
        if (retentionDays.filter(days -> days < 1 || days > LONGEST_DAYS).isPresent()) {
            throw new InvalidValue("retention_days: expected 1 to " + LONGEST_DAYS);
        }
    }
}
