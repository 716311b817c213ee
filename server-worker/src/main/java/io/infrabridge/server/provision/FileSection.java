package io.infrabridge.server.provision;

import io.infrabridge.contract.Category;
import io.infrabridge.runtime.operation.AllowedRoots;
import io.infrabridge.runtime.operation.Output;
import io.infrabridge.runtime.operation.Plan;
import io.infrabridge.runtime.operation.Probed;
import io.infrabridge.runtime.operation.Run;
import io.infrabridge.runtime.operation.Step;
import io.infrabridge.runtime.operation.UnexpectedOutput;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One file with its content, mode and owner; never through a link, and only in directories that nobody else may write to.
 * What not everybody on the host may read is compared by its digest there, and neither it nor its digest is told.
 */
record FileSection(FileConfig wanted, FileText text, AllowedRoots roots) implements Section {
    private static final String WHY = "the account may not read what is compared";

    static FileSection of(FileConfig wanted, AllowedRoots roots) {
        return new FileSection(wanted, wanted.text(), roots);
    }

    /** What it runs as root, for files below these directories. */
    static String[] asRoot(AllowedRoots roots) {
        List<String> all = new ArrayList<>(List.of(FileWrite.asRoot(roots)));
        all.add("stat " + FileStatus.FORMAT + " -- <text>...");
        all.add("sha256sum -- " + roots.slot());
        return all.toArray(String[]::new);
    }

    @Override
    public Plan probe() {
        return roots.refusal(wanted.path())
                .or(() -> GuardedPaths.refusal(wanted.path()))
                .orElseGet(() -> Plan.of(FileStatus.look(wanted.path())));
    }

    /** First what is there, by whoever may look; then what is in it, where that is a file that could be the wanted one. */
    @Override
    public List<Step> further(Probed seen) {
        int looked = looked(seen);
        if (looked == seen.size()) {
            return List.of(FileStatus.look(wanted.path()).asRoot(WHY));
        }
        return seen.size() > looked + 1 ? List.of() : content(seen);
    }

    @Override
    public List<Change> changes(Probed seen) {
        if (inPlace(seen)) {
            return List.of();
        }
        Optional<FileStatus> there = there(seen);
        return List.of(FileChange.of(wanted, there, there.isEmpty() ? Optional.of("") : read(seen)));
    }

    @Override
    public Plan plan(Probed seen, boolean moreComing) {
        if (inPlace(seen)) {
            return Plan.nothing();
        }
        Map<String, FileStatus> found = found(seen);
        return directories(found, moreComing)
                .or(() -> Optional.ofNullable(found.get(wanted.path().value()))
                        .filter(status -> !status.regular())
                        .map(this::another))
                .orElseGet(() -> Plan.of(
                        new FileWrite(wanted.path(), text, wanted.permissions(), wanted.user(), wanted.groupName())
                                .steps(there(seen))));
    }

    /** Which of the outputs shows what is there. */
    private static int looked(Probed seen) {
        return FileStatus.denied(seen.get(0)) ? 1 : 0;
    }

    private static Map<String, FileStatus> found(Probed seen) {
        return FileStatus.parse(seen.get(looked(seen)));
    }

    private Optional<FileStatus> there(Probed seen) {
        return Optional.ofNullable(found(seen).get(wanted.path().value()));
    }

    private List<Step> content(Probed seen) {
        Optional<FileStatus> there = there(seen).filter(FileStatus::regular);
        if (there.isEmpty() || directories(found(seen), false).isPresent()) {
            return List.of();
        }
        if (readableWithout(seen, there.get())) {
            return List.of(Run.of("Read " + wanted.path(), "cat", "--", path()));
        }
        return there.get().size() == text.size()
                ? List.of(Run.of("Compare " + wanted.path(), "sha256sum", "--", path())
                        .asRoot(WHY))
                : List.of();
    }

    private static boolean readableWithout(Probed seen, FileStatus there) {
        return looked(seen) == 0 && there.readableByAll() && there.size() <= Run.MOST_INPUT;
    }

    /** What is in it, where everybody may read it. */
    private Optional<String> read(Probed seen) {
        return there(seen)
                .filter(there -> there.regular() && readableWithout(seen, there) && seen.size() > looked(seen) + 1)
                .map(there -> whole(seen.get(looked(seen) + 1)));
    }

    private boolean inPlace(Probed seen) {
        Optional<FileStatus> there = there(seen).filter(FileStatus::regular);
        boolean permitted = there.isPresent()
                && there.get().mode() == wanted.permissions().bits()
                && there.get().owner().equals(wanted.user())
                && there.get().group().equals(wanted.groupName());
        if (!permitted || seen.size() == looked(seen) + 1) {
            return false;
        }
        Output content = seen.get(looked(seen) + 1);
        return readableWithout(seen, there.get())
                ? whole(content).equals(text.value())
                : whole(content).startsWith(Digest.of(text.value()) + " ");
    }

    private static String whole(Output content) {
        if (content.truncated() || content.text().length() > Run.MOST_INPUT) {
            throw new UnexpectedOutput("a file that is longer than it was a moment ago");
        }
        return content.text();
    }

    /** Why nothing may be written there: whoever may write to a directory above could lead the write to another place. */
    private Optional<Plan> directories(Map<String, FileStatus> found, boolean moreComing) {
        List<String> chain = FileStatus.chain(wanted.path());
        for (String directory : chain.subList(0, chain.size() - 1)) {
            FileStatus status = found.get(directory);
            if (status == null) {
                return moreComing ? Optional.empty() : Optional.of(noDirectory(directory));
            }
            boolean trusted = status.belongsToRoot() || status.owner().equals(wanted.user());
            if (!status.directory() || !trusted || status.writableByOthers()) {
                return Optional.of(untrusted(directory, status));
            }
        }
        return Optional.empty();
    }

    private Plan noDirectory(String directory) {
        return Plan.refuse(
                Category.PRECONDITION_FAILED,
                "There is no directory " + directory + " for " + wanted.path() + ".",
                "Make it first, or name the package that brings it in section packages.");
    }

    private Plan untrusted(String directory, FileStatus status) {
        return Plan.refuse(
                Category.PRECONDITION_FAILED,
                directory + " is a " + status.type() + " " + status.permissions() + ": others than root and "
                        + wanted.user() + " could lead what is written there to another place.",
                "Name the file by a path without links, in directories that only root or its owner may write to.");
    }

    private Plan another(FileStatus status) {
        return Plan.refuse(
                Category.CONFLICT,
                wanted.path() + " is a " + status.type() + ", not a file.",
                "Move it away first, or choose another path.");
    }

    private String path() {
        return wanted.path().value();
    }
}
