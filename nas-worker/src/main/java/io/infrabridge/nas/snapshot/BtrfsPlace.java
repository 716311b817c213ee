package io.infrabridge.nas.snapshot;

import io.infrabridge.nas.volume.Volume;
import io.infrabridge.runtime.operation.AllowedRoots;
import io.infrabridge.runtime.operation.Probed;
import io.infrabridge.runtime.operation.Run;
import io.infrabridge.runtime.operation.Step;
import io.infrabridge.runtime.operation.Undo;
import io.infrabridge.runtime.value.AbsolutePath;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * Where a snapshot of btrfs lies: {@code <pool>/.snapshots/<volume>/<name>/snapshot}, read-only. Beside it, as symbolic links
 * whose targets are the values, its notes: {@code origin} (the volume's UUID), {@code retention_days} and
 * {@code description}. Slashes in a volume's name become colons.
 */
record BtrfsPlace(String pool, String volume, String name) {
    static BtrfsPlace of(Volume volume, SnapshotRequest request) {
        String path = volume.path().orElseThrow();
        return new BtrfsPlace(
                path.substring(0, path.length() - volume.name().length() - 1),
                volume.name().replace('/', ':'),
                request.name().value());
    }

    /** Notes of all snapshots in one pool: path below .snapshots, value, time of writing. */
    static Run notes(AbsolutePath pool) {
        return Run.of(
                        "Read the notes of the snapshots in " + pool,
                        "find",
                        pool + "/.snapshots",
                        "-mindepth",
                        "3",
                        "-maxdepth",
                        "3",
                        "-type",
                        "l",
                        "-printf",
                        "%P\\t%l\\t%T@\\n")
                .asRoot("snapshots keep the owners of what they hold")
                .accepting(0, 1);
    }

    static String[] asRoot(List<AbsolutePath> pools) {
        String snapshots = AllowedRoots.slot(pools, "/.snapshots");
        List<String> commands = new ArrayList<>();
        pools.forEach(pool -> commands.add(String.join(" ", notes(pool).argv())));
        commands.add("mkdir -p -- " + snapshots);
        commands.add("rmdir --ignore-fail-on-non-empty -- " + snapshots);
        commands.add("ln -s -n -f -- <text> " + snapshots);
        commands.add("unlink -- " + snapshots);
        commands.add("btrfs subvolume snapshot -r -- " + AllowedRoots.slot(pools, "") + " " + snapshots);
        commands.add("btrfs subvolume delete -- " + snapshots);
        return commands.toArray(String[]::new);
    }

    String subvolume() {
        return ".snapshots/" + volume + "/" + name + "/snapshot";
    }

    /**
     * The notes come first, so that no snapshot is ever without them.
     *
     * @param taken whether a probe shows the snapshot
     */
    List<Step> create(Volume origin, SnapshotRequest request, Predicate<Probed> taken, Notes notes) {
        List<Step> steps = new ArrayList<>();
        steps.add(root(Run.of("Make a folder for the snapshot", "mkdir", "-p", "--", folder()))
                .undoneBy(Undo.by(
                        root(Run.of("Remove the folder", "rmdir", "--ignore-fail-on-non-empty", "--", folder())))));
        steps.add(note("origin", origin.identity(), notes));
        request.retentionDays().ifPresent(days -> steps.add(note("retention_days", days.toString(), notes)));
        request.description().ifPresent(text -> steps.add(note("description", text.value(), notes)));
        Run delete = root(Run.of("Delete the snapshot", "btrfs", "subvolume", "delete", "--", path()));
        steps.add(root(Run.of(
                        "Take the snapshot " + name + " of " + origin.name(),
                        "btrfs",
                        "subvolume",
                        "snapshot",
                        "-r",
                        "--",
                        origin.path().orElseThrow(),
                        path()))
                .undoneBy(Undo.difference(
                        before -> List.of(delete), (before, now) -> taken.test(now) ? List.of(delete) : List.of())));
        return steps;
    }

    String path() {
        return pool + "/" + subvolume();
    }

    private String folder() {
        return pool + "/.snapshots/" + volume + "/" + name;
    }

    /** {@code -n -f}: a note that an earlier, broken attempt left behind is written again. */
    private Run note(String what, String value, Notes notes) {
        Run remove = root(Run.of("Remove the note", "unlink", "--", folder() + "/" + what));
        return root(Run.of(
                        "Note its " + what.replace('_', ' '),
                        "ln",
                        "-s",
                        "-n",
                        "-f",
                        "--",
                        value,
                        folder() + "/" + what))
                .undoneBy(Undo.difference(
                        before -> List.of(remove),
                        (before, now) ->
                                notes.in(now).has(volume + "/" + name + "/" + what) ? List.of(remove) : List.of()));
    }

    private static Run root(Run run) {
        return run.asRoot("storage belongs to root");
    }

    /** Where in a probe the notes of this pool are. */
    interface Notes {
        SnapshotNotes in(Probed probed);
    }
}
