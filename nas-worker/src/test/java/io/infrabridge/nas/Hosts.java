package io.infrabridge.nas;

import io.infrabridge.runtime.operation.Captured;
import io.infrabridge.runtime.operation.Output;
import java.util.List;

/** What looking at the storage of two hosts showed; the order is that of Storage.look. */
public final class Hosts {
    public static final NasSettings SETTINGS = () -> List.of("/srv/pool");
    private static final Output ABSENT = Output.failed(Output.NOT_FOUND, "");

    private Hosts() {}

    /** A real host with a btrfs pool and a volume group, without ZFS. */
    public static List<Output> withBtrfsAndLvm() {
        return List.of(
                Captured.output("findmnt"),
                ABSENT,
                ABSENT,
                Captured.output("btrfs-list-plain"),
                Captured.output("btrfs-qgroup"),
                Captured.output("vgs"),
                Captured.output("lvs"));
    }

    /** The same pool on another real host, where a snapshot was taken. */
    public static List<Output> withSnapshot() {
        return List.of(
                Captured.output("findmnt"),
                ABSENT,
                ABSENT,
                Captured.output("btrfs-list-snapshot"),
                Captured.output("btrfs-qgroup"),
                Captured.output("vgs"),
                Captured.output("lvs-snapshot"));
    }

    /** Nothing real: ZFS could not be run where these tests were written, so its lines are made after zfs-list(8). */
    public static List<Output> withZfs() {
        return List.of(
                Output.failed(1, ""),
                Captured.output("zpool-documented"),
                Captured.output("zfs-documented"),
                Captured.error(1, "btrfs-no-pool"),
                Captured.error(1, "btrfs-no-pool"),
                ABSENT,
                ABSENT);
    }

    public static Output[] and(List<Output> storage, Output... more) {
        Output[] all = storage.toArray(new Output[storage.size() + more.length]);
        System.arraycopy(more, 0, all, storage.size(), more.length);
        return all;
    }
}
