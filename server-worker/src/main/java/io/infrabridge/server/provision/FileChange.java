package io.infrabridge.server.provision;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** How a file differs from what it shall be, as a person reads it. */
final class FileChange {
    static final String NAME = "files";

    private FileChange() {}

    /**
     * With the lines that differ, where everybody may read both.
     *
     * @param former what is in it, empty where there is none; absent where that may not be told
     */
    static Change of(FileConfig wanted, Optional<FileStatus> there, Optional<String> former) {
        FileText text = wanted.text();
        String path = wanted.path().value();
        Difference difference = new Difference(
                NAME,
                path,
                there.map(status -> told(status.permissions(), status.size())).orElse("absent"),
                told(wanted.permissions() + " " + wanted.user() + ":" + wanted.groupName(), text.size()));
        List<String> lines = new ArrayList<>(
                List.of("--- " + path + " " + difference.from(), "+++ " + path + " " + difference.to()));
        if (former.isPresent() && wanted.readableByAll()) {
            lines.addAll(TextDiff.between(former.get(), text.value()));
        } else {
            lines.add("(not shown, because not everybody may read it)");
        }
        return new Change(difference, lines);
    }

    private static String told(String permissions, long size) {
        return permissions + ", " + size + " bytes";
    }
}
