package io.infrabridge.nas.snapshot;

import io.infrabridge.contract.Category;
import io.infrabridge.contract.Risk;
import io.infrabridge.contract.Selector;
import io.infrabridge.nas.NasSettings;
import io.infrabridge.nas.NasTools;
import io.infrabridge.nas.volume.Storage;
import io.infrabridge.nas.volume.StorageKind;
import io.infrabridge.nas.volume.Volume;
import io.infrabridge.runtime.operation.HostFacts;
import io.infrabridge.runtime.operation.HostOperation;
import io.infrabridge.runtime.operation.OperationSpec;
import io.infrabridge.runtime.operation.Outputs;
import io.infrabridge.runtime.operation.Plan;
import io.infrabridge.runtime.operation.Probed;
import io.infrabridge.runtime.operation.Run;
import io.infrabridge.runtime.operation.Step;
import io.infrabridge.runtime.operation.UnexpectedOutput;
import io.infrabridge.runtime.value.AbsolutePath;
import io.infrabridge.runtime.value.Remark;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Takes a read-only snapshot of a volume of btrfs or ZFS, unless there is one of that name; its undo deletes it. The days to
 * keep it and its description are noted with it.
 */
@Singleton
final class CreateSnapshot implements HostOperation<SnapshotRequest, CreateSnapshot.Snapshot> {
    private final List<AbsolutePath> pools;
    private final Storage storage;

    CreateSnapshot(NasSettings settings) {
        pools = settings.btrfsPoolPaths();
        storage = new Storage(pools);
    }

    @Override
    public OperationSpec<SnapshotRequest, Snapshot> spec() {
        List<String> programs = new ArrayList<>(Storage.PROGRAMS);
        programs.addAll(List.of("find", "mkdir", "rmdir", "ln", "unlink"));
        return OperationSpec.read(
                        NasTools.SNAPSHOT,
                        "Take a read-only snapshot of a volume",
                        SnapshotRequest.class,
                        Snapshot.class,
                        Selector.of("action", "create"))
                .risking(Risk.CHANGE)
                .running(programs.toArray(String[]::new))
                .runningAsRoot(storage.asRoot())
                .runningAsRoot(BtrfsPlace.asRoot(pools))
                .runningAsRoot(ZfsSnapshot.AS_ROOT);
    }

    @Override
    public Plan probe(SnapshotRequest in, HostFacts host) {
        List<Run> runs = new ArrayList<>(storage.look());
        pools.forEach(pool -> runs.add(BtrfsPlace.notes(pool)));
        return Plan.of(runs);
    }

    @Override
    public Plan plan(SnapshotRequest in, HostFacts host, Probed before) {
        Storage.Contents contents = storage.read(before);
        Optional<Plan> unclear = contents.whyNotOne(in.volume(), in.pool());
        if (unclear.isPresent()) {
            return unclear.get();
        }
        Volume volume = contents.one(in.volume(), in.pool());
        if (volume.kind() == StorageKind.LVM) {
            return Plan.refuse(
                    Category.UNSUPPORTED_TARGET,
                    volume.name() + " is a logical volume, whose snapshots cannot be taken yet.",
                    "Choose a volume of btrfs or ZFS.");
        }
        return taken(before, in).isPresent() ? Plan.nothing() : Plan.of(steps(volume, in));
    }

    @Override
    public Snapshot parse(SnapshotRequest in, Outputs out) {
        Volume volume = storage.read(out.after()).one(in.volume(), in.pool());
        Volume snapshot = taken(out.after(), in)
                .orElseThrow(() -> new UnexpectedOutput("the snapshot " + in.name() + " is not listed"));
        if (volume.kind() == StorageKind.ZFS) {
            return Snapshot.of(
                    in,
                    volume,
                    Optional.empty(),
                    snapshot.created(),
                    in.retentionDays(),
                    in.description().map(Remark::value));
        }
        BtrfsPlace place = BtrfsPlace.of(volume, in);
        SnapshotNotes notes = notes(place, out.after());
        String folder = place.volume() + "/" + place.name() + "/";
        return Snapshot.of(
                in,
                volume,
                Optional.of(place.path()),
                notes.note(folder + "origin").map(SnapshotNotes.Note::written),
                notes.note(folder + "retention_days").map(note -> Integer.valueOf(note.value())),
                notes.note(folder + "description").map(SnapshotNotes.Note::value));
    }

    private List<Step> steps(Volume volume, SnapshotRequest in) {
        if (volume.kind() == StorageKind.ZFS) {
            return ZfsSnapshot.create(volume, in, probed -> taken(probed, in).isPresent());
        }
        BtrfsPlace place = BtrfsPlace.of(volume, in);
        return place.create(volume, in, probed -> taken(probed, in).isPresent(), probed -> notes(place, probed));
    }

    private Optional<Volume> taken(Probed seen, SnapshotRequest in) {
        Storage.Contents contents = storage.read(seen);
        Volume volume = contents.one(in.volume(), in.pool());
        String name = volume.kind() == StorageKind.ZFS
                ? ZfsSnapshot.name(volume, in)
                : BtrfsPlace.of(volume, in).subvolume();
        return contents.volumes().stream()
                .filter(each -> each.pool().equals(volume.pool()) && each.name().equals(name))
                .findFirst();
    }

    private SnapshotNotes notes(BtrfsPlace place, Probed seen) {
        return SnapshotNotes.parse(seen.get(storage.looks() + pools.indexOf(new AbsolutePath(place.pool()))));
    }

    /**
     * A snapshot as it is now.
     *
     * @param path where its files are, for btrfs
     * @param retentionDays as noted with it
     */
    record Snapshot(
            String volume,
            String name,
            String pool,
            StorageKind kind,
            Optional<String> path,
            Optional<Instant> created,
            Optional<Integer> retentionDays,
            Optional<String> description) {
        private static Snapshot of(
                SnapshotRequest in,
                Volume volume,
                Optional<String> path,
                Optional<Instant> created,
                Optional<Integer> retentionDays,
                Optional<String> description) {
            return new Snapshot(
                    volume.name(),
                    in.name().value(),
                    volume.pool(),
                    volume.kind(),
                    path,
                    created,
                    retentionDays,
                    description);
        }
    }
}
