package io.infrabridge.nas.volume;

import io.infrabridge.contract.Selector;
import io.infrabridge.nas.NasSettings;
import io.infrabridge.nas.NasTools;
import io.infrabridge.runtime.operation.HostFacts;
import io.infrabridge.runtime.operation.HostOperation;
import io.infrabridge.runtime.operation.OperationSpec;
import io.infrabridge.runtime.operation.Outputs;
import io.infrabridge.runtime.operation.Plan;
import io.infrabridge.runtime.value.PoolName;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;

/** Lists the pools and volumes of a host, of ZFS, btrfs and LVM alike; snapshots are not volumes here. */
@Singleton
final class ListVolumes implements HostOperation<ListVolumes.Input, ListVolumes.Volumes> {
    private static final int MOST = 500;

    private final Storage storage;

    ListVolumes(NasSettings settings) {
        storage = new Storage(settings.btrfsPoolPaths());
    }

    @Override
    public OperationSpec<Input, Volumes> spec() {
        return OperationSpec.read(
                        NasTools.VOLUME,
                        "List the pools and volumes of a host",
                        Input.class,
                        Volumes.class,
                        Selector.of("action", "list"))
                .running(Storage.PROGRAMS.toArray(String[]::new))
                .runningAsRoot(storage.asRoot());
    }

    @Override
    public Plan probe(Input in, HostFacts host) {
        return Plan.of(storage.look());
    }

    @Override
    public Volumes parse(Input in, Outputs out) {
        Storage.Contents contents = storage.read(out.before());
        List<Volume> volumes = contents.volumes().stream()
                .filter(volume -> !volume.isSnapshot() && in.asksFor(volume.pool()))
                .toList();
        return new Volumes(
                volumes.stream().limit(MOST).map(VolumeSummary::of).toList(),
                contents.pools().stream()
                        .filter(pool -> in.asksFor(pool.name()))
                        .toList(),
                volumes.size());
    }

    record Input(Optional<PoolName> pool) {
        private boolean asksFor(String name) {
            return pool.isEmpty() || pool.get().value().equals(name);
        }
    }

    /**
     * What a host has.
     *
     * @param total how many volumes there are; at most five hundred are listed
     */
    record Volumes(List<VolumeSummary> volumes, List<Pool> pools, int total) {
        Volumes {
            volumes = List.copyOf(volumes);
            pools = List.copyOf(pools);
        }
    }
}
