package io.infrabridge.nas.volume;

import io.infrabridge.runtime.operation.Output;
import io.infrabridge.runtime.operation.Run;
import java.util.List;

/** One kind of storage: how to look at it, and how to read what was seen. A host may have none, one or several. */
sealed interface Keeper permits Zfs, Btrfs, Lvm {
    List<Run> look();

    /** @param seen the outputs of {@link #look}, in order */
    Found read(List<Output> seen, FileSystems mounted);

    /** What one kind of storage has. */
    record Found(List<Pool> pools, List<Volume> volumes) {
        public Found {
            pools = List.copyOf(pools);
            volumes = List.copyOf(volumes);
        }

        static Found nothing() {
            return new Found(List.of(), List.of());
        }
    }
}
