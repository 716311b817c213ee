package io.infrabridge.verifier;

import io.infrabridge.contract.InvalidContract;
import java.io.BufferedReader;
import java.io.IOException;
import java.util.Optional;

/** Checks an export line by line, whatever its length. */
final class ExportCheck {
    /** In characters; a record's value is at most a few megabytes, and a line without an end must not fill the memory. */
    private static final int LONGEST_LINE = 16 << 20;

    private final CheckpointKeys keys;
    private final int longestLine;

    ExportCheck(CheckpointKeys keys) {
        this(keys, LONGEST_LINE);
    }

    ExportCheck(CheckpointKeys keys, int longestLine) {
        this.keys = keys;
        this.longestLine = longestLine;
    }

    /** {@link Unusable} says why a file is no export, or not a whole one. */
    Verdict of(BufferedReader export) throws IOException {
        ChainCheck check = new ChainCheck(header(export).scope(), keys);
        long number = 1;
        boolean ended = false;
        for (Optional<String> line = line(export); line.isPresent() && !check.settled(); line = line(export)) {
            number++;
            if (ended) {
                check.unreadable("line " + number + " stands behind the end");
            } else {
                ended = apply(check, line.get(), number);
            }
        }
        if (!ended && !check.settled()) {
            throw new Unusable(
                    "the export has no last line, so it was cut off behind line " + number + "; fetch it again");
        }
        return check.verdict();
    }

    private ExportLine.Header header(BufferedReader export) throws IOException {
        String first = line(export).orElseThrow(() -> new Unusable("the export is empty"));
        try {
            if (ExportLine.read(first) instanceof ExportLine.Header header) {
                return header;
            }
            throw new Unusable("the export does not begin with its header");
        } catch (InvalidContract e) {
            throw new Unusable("the file is not an export: " + e.getMessage());
        }
    }

    private static boolean apply(ChainCheck check, String text, long number) {
        ExportLine line;
        try {
            line = ExportLine.read(text);
        } catch (InvalidContract e) {
            check.unreadable("line " + number + " cannot be read: " + e.getMessage());
            return false;
        }
        if (line instanceof ExportLine.Header) {
            check.unreadable("line " + number + " is a second header");
        }
        line.applyTo(check);
        return line instanceof ExportLine.End;
    }

    private Optional<String> line(BufferedReader export) throws IOException {
        StringBuilder line = new StringBuilder();
        int c = export.read();
        if (c < 0) {
            return Optional.empty();
        }
        while (c >= 0 && c != '\n') {
            if (line.length() == longestLine) {
                throw new Unusable("a line is longer than " + longestLine + " characters");
            }
            line.append((char) c);
            c = export.read();
        }
        return Optional.of(line.toString());
    }

    /** The file cannot be checked at all. */
    static final class Unusable extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Unusable(String message) {
            super(message);
        }
    }
}
