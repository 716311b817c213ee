package io.infrabridge.nas.volume;

import io.infrabridge.contract.Category;
import io.infrabridge.nas.volume.Keeper.Found;
import io.infrabridge.runtime.operation.Output;
import io.infrabridge.runtime.operation.Plan;
import io.infrabridge.runtime.operation.Probed;
import io.infrabridge.runtime.operation.Run;
import io.infrabridge.runtime.value.AbsolutePath;
import io.infrabridge.runtime.value.PoolName;
import io.infrabridge.runtime.value.VolumeName;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** All storage of a host, whatever keeps it. */
public final class Storage {
    /** Programs that {@link #look} runs. */
    public static final List<String> PROGRAMS = List.of("findmnt", "zpool", "zfs", "btrfs", "vgs", "lvs");

    private final List<Keeper> keepers;

    public Storage(List<AbsolutePath> btrfsPools) {
        keepers = List.of(new Zfs(), new Btrfs(btrfsPools), new Lvm());
    }

    /** Those of them that run as root. */
    public String[] asRoot() {
        return look().stream()
                .filter(run -> run.sudo().isPresent())
                .map(run -> String.join(" ", run.argv()))
                .toArray(String[]::new);
    }

    public List<Run> look() {
        List<Run> runs = new ArrayList<>(List.of(FileSystems.look()));
        keepers.forEach(keeper -> runs.addAll(keeper.look()));
        return runs;
    }

    /** How many outputs {@link #look} gives; an operation's own come after them. */
    public int looks() {
        return look().size();
    }

    /** What the host has; pools and volumes in the order of their keepers. */
    public Contents read(Probed seen) {
        FileSystems mounted = FileSystems.parse(seen.get(0));
        List<Pool> pools = new ArrayList<>();
        List<Volume> volumes = new ArrayList<>();
        int at = 1;
        for (Keeper keeper : keepers) {
            List<Output> own = seen.outputs().subList(at, at + keeper.look().size());
            Found found = keeper.read(own, mounted);
            pools.addAll(found.pools());
            volumes.addAll(found.volumes());
            at += own.size();
        }
        return new Contents(pools, volumes);
    }

    /** The pools and volumes of a host, snapshots among the latter. */
    public record Contents(List<Pool> pools, List<Volume> volumes) {
        public Contents {
            pools = List.copyOf(pools);
            volumes = List.copyOf(volumes);
        }

        /** Why the name does not tell which volume is meant, where it does not. */
        public Optional<Plan> whyNotOne(VolumeName name, Optional<PoolName> pool) {
            List<Volume> named = named(name, pool);
            if (named.isEmpty()) {
                return Optional.of(Plan.refuse(
                        Category.NOT_FOUND,
                        "There is no volume " + name
                                + pool.map(in -> " in pool " + in).orElse("") + ".",
                        "nas_volume action=list shows those of this host."));
            }
            return named.size() == 1
                    ? Optional.empty()
                    : Optional.of(Plan.refuse(
                            Category.CONFLICT,
                            "Several pools have a volume " + name + ": "
                                    + named.stream().map(Volume::pool).collect(Collectors.joining(", ")) + ".",
                            "Say which pool is meant, or put its name before the volume's: pool/volume."));
        }

        public Volume one(VolumeName name, Optional<PoolName> pool) {
            return named(name, pool).get(0);
        }

        private List<Volume> named(VolumeName name, Optional<PoolName> pool) {
            return volumes.stream()
                    .filter(volume -> !volume.isSnapshot() && volume.answersTo(name.value()))
                    .filter(volume ->
                            pool.isEmpty() || volume.pool().equals(pool.get().value()))
                    .toList();
        }

        public List<Volume> snapshotsOf(Volume volume) {
            return volumes.stream().filter(each -> each.isSnapshotOf(volume)).toList();
        }
    }
}
