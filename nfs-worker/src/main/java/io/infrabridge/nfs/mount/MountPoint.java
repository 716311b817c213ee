package io.infrabridge.nfs.mount;

import io.infrabridge.contract.Category;
import io.infrabridge.runtime.operation.AllowedRoots;
import io.infrabridge.runtime.operation.Output;
import io.infrabridge.runtime.operation.Plan;
import io.infrabridge.runtime.operation.Run;
import io.infrabridge.runtime.operation.Undo;
import io.infrabridge.runtime.value.AbsolutePath;
import java.util.Optional;

/**
 * The directory that a share is mounted at. Looking at it is bounded by timeout(1): it may lie on a mount whose server is
 * dead.
 */
final class MountPoint {
    private static final Integer[] ANY = {0, 1, 124, 137};

    private MountPoint() {}

    static Run kind(AbsolutePath target) {
        return Run.of("Look at the mount point", "timeout", "-k", "1", "5", "stat", "--format=%F", "--", target.value())
                .accepting(ANY);
    }

    static Run realPath(AbsolutePath target) {
        return Run.of(
                        "Look for links on the way to the mount point",
                        "timeout",
                        "-k",
                        "1",
                        "5",
                        "realpath",
                        "-m",
                        "--",
                        target.value())
                .accepting(ANY);
    }

    static boolean absent(Output kind) {
        return kind.error().contains("No such file or directory");
    }

    /** Why nothing can be mounted there, where nothing is mounted yet. */
    static Optional<Plan> refusal(AbsolutePath target, Output kind, Output realPath) {
        String real = realPath.text().strip();
        if (realPath.succeeded() && !real.equals(target.value())) {
            return refuse(
                    target + " is reached through a link and really is " + real + ".", "Name it as " + real + ".");
        }
        if (absent(kind) || kind.succeeded() && kind.text().strip().equals("directory")) {
            return Optional.empty();
        }
        return kind.succeeded()
                ? refuse(target + " is a " + kind.text().strip() + ".", "Choose a directory, or a place that is free.")
                : refuse(
                        target + " cannot be looked at: "
                                + (kind.error().isBlank()
                                        ? "no answer"
                                        : kind.error().strip()),
                        "It may lie on a mount whose server does not answer: try action=health there.");
    }

    static String[] asRoot(AllowedRoots roots) {
        return new String[] {"mkdir -p -- " + roots.slot(), "rmdir --ignore-fail-on-non-empty -- " + roots.slot()};
    }

    /** Parents that it made as well stay: whether others use them by now cannot be told. */
    static Run make(AbsolutePath target) {
        return Run.of("Make the mount point " + target, "mkdir", "-p", "--", target.value())
                .asRoot("mount points belong to root")
                .undoneBy(Undo.by(Run.of(
                                "Remove the mount point " + target,
                                "rmdir",
                                "--ignore-fail-on-non-empty",
                                "--",
                                target.value())
                        .asRoot("mount points belong to root")));
    }

    private static Optional<Plan> refuse(String message, String hint) {
        return Optional.of(Plan.refuse(Category.PRECONDITION_FAILED, message, hint));
    }
}
