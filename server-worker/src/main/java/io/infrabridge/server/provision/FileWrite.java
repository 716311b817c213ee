package io.infrabridge.server.provision;

import io.infrabridge.runtime.operation.AllowedRoots;
import io.infrabridge.runtime.operation.Run;
import io.infrabridge.runtime.operation.Step;
import io.infrabridge.runtime.operation.Undo;
import io.infrabridge.runtime.value.AbsolutePath;
import io.infrabridge.runtime.value.FileMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Writes a file beside its place and moves it there in one step; see install(1), mv(1). What was there before is kept on the host
 * where only root may read it, until the same file is written again: that is where the undo takes it from, so that its
 * content leaves the host on no account.
 */
record FileWrite(AbsolutePath path, FileText text, FileMode mode, String owner, String group) {
    private static final String KEPT = "/var/lib/infrabridge/former";
    private static final String WHY = "the file belongs to the whole host";

    /** What it runs as root, for files below these directories. */
    static String[] asRoot(AllowedRoots roots) {
        String place = roots.slot();
        String kept = "<path:" + KEPT + ">";
        return new String[] {
            "install -m <mode> -o <owner> -g <owner> -T -- /dev/stdin " + place,
            "install -m <mode> -o <owner> -g <owner> -T -- " + kept + " " + place,
            "install -D -p -m 0600 -o root -g root -T -- " + place + " " + kept,
            "mv -T -- " + place + " " + place,
            "rm -f -- " + place,
            "rm -f -- " + kept
        };
    }

    /** The steps, each with its way back to the former file, or to none. */
    List<Step> steps(Optional<FileStatus> former) {
        List<Step> steps = new ArrayList<>();
        former.ifPresent(there -> steps.add(keep()));
        steps.add(run("Write " + path + " beside its place", install(mode.value(), owner, group, "/dev/stdin"))
                .reading(text.value())
                .undoneBy(Undo.by(remove("Remove what was written beside " + path, beside()))));
        steps.add(place().undoneBy(
                        former.map(this::restoring).orElseGet(() -> Undo.by(remove("Remove " + path, path.value())))));
        return steps;
    }

    private Run keep() {
        List<String> argv = List.of(
                "install", "-D", "-p", "-m", "0600", "-o", "root", "-g", "root", "-T", "--", path.value(), kept());
        return run("Keep what " + path + " was", argv).undoneBy(Undo.by(remove("Keep it no longer", kept())));
    }

    private Undo restoring(FileStatus former) {
        String user = Long.toString(former.userId());
        String users = Long.toString(former.groupId());
        return Undo.by(
                run("Write what " + path + " was beside its place", install(former.octal(), user, users, kept())),
                place());
    }

    private Run place() {
        return run("Put " + path + " in its place", List.of("mv", "-T", "--", beside(), path.value()));
    }

    private List<String> install(String permissions, String user, String users, String source) {
        return List.of("install", "-m", permissions, "-o", user, "-g", users, "-T", "--", source, beside());
    }

    private static Run remove(String description, String file) {
        return run(description, List.of("rm", "-f", "--", file));
    }

    private String beside() {
        return path + ".infrabridge";
    }

    /** One name for one path, of any length. */
    private String kept() {
        return KEPT + "/" + Digest.of(path.value());
    }

    private static Run run(String description, List<String> argv) {
        return Run.of(description, argv).asRoot(WHY);
    }
}
