package io.infrabridge.nas.snapshot;

import io.infrabridge.runtime.operation.Output;
import io.infrabridge.runtime.operation.UnexpectedOutput;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What is noted beside the snapshots of one btrfs pool, by the note's path below .snapshots; see {@link BtrfsPlace}. */
record SnapshotNotes(Map<String, Note> byPath) {
    private static final Pattern LINE = Pattern.compile("^([^\t]+)\t([^\t]*)\t(\\d+)(?:\\.\\d+)?$");

    SnapshotNotes {
        byPath = Map.copyOf(byPath);
    }

    /** None where the pool has no such folder. */
    static SnapshotNotes parse(Output found) {
        Map<String, Note> notes = new LinkedHashMap<>();
        for (String line : found.lines()) {
            Matcher fields = LINE.matcher(line);
            if (!fields.matches()) {
                throw new UnexpectedOutput("find: " + line);
            }
            notes.put(
                    fields.group(1), new Note(fields.group(2), Instant.ofEpochSecond(Long.parseLong(fields.group(3)))));
        }
        return new SnapshotNotes(notes);
    }

    boolean has(String path) {
        return byPath.containsKey(path);
    }

    Optional<Note> note(String path) {
        return Optional.ofNullable(byPath.get(path));
    }

    /** A value and when it was written. */
    record Note(String value, Instant written) {}
}
