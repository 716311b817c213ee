package io.infrabridge.nas.snapshot;

import io.infrabridge.nas.volume.Volume;
import io.infrabridge.runtime.operation.Probed;
import io.infrabridge.runtime.operation.Run;
import io.infrabridge.runtime.operation.Step;
import io.infrabridge.runtime.operation.Undo;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** zfs-snapshot(8); days to keep and description are user properties of the snapshot. */
final class ZfsSnapshot {
    static final String[] AS_ROOT = {
        "zfs snapshot -- <snapshot>",
        "zfs snapshot -o infrabridge:retention_days=<number> -- <snapshot>",
        "zfs snapshot -o infrabridge:description=<text> -- <snapshot>",
        "zfs snapshot -o infrabridge:retention_days=<number> -o infrabridge:description=<text> -- <snapshot>",
        "zfs destroy -- <snapshot>"
    };

    private ZfsSnapshot() {}

    static String name(Volume volume, SnapshotRequest request) {
        return volume.name() + "@" + request.name();
    }

    /** @param taken whether a probe shows the snapshot */
    static List<Step> create(Volume volume, SnapshotRequest request, Predicate<Probed> taken) {
        String whole = volume.identity() + "@" + request.name();
        List<String> argv = new ArrayList<>(List.of("zfs", "snapshot"));
        request.retentionDays().ifPresent(days -> argv.addAll(List.of("-o", "infrabridge:retention_days=" + days)));
        request.description().ifPresent(text -> argv.addAll(List.of("-o", "infrabridge:description=" + text)));
        argv.addAll(List.of("--", whole));
        Run destroy =
                Run.of("Destroy the snapshot", "zfs", "destroy", "--", whole).asRoot("storage belongs to root");
        return List.of(Run.of("Take the snapshot " + request.name() + " of " + volume.name(), argv)
                .asRoot("storage belongs to root")
                .undoneBy(Undo.difference(
                        before -> List.of(destroy), (before, now) -> taken.test(now) ? List.of(destroy) : List.of())));
    }
}
