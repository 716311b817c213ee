package io.infrabridge.local;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A part that runs as a process of its own.
 *
 * @param stop asks it to end, in the way it understands
 */
record Child(Instance instance, Process process, Path log, Runnable stop) {
    private static final int LAST_LINES = 15;

    String title() {
        return instance.title();
    }

    /** Its name, what happened and the end of its log: what one needs to see without opening a file. */
    StartFailure failure(String reason) {
        return new StartFailure(
                StartFailure.PART_FAILED,
                "%s %s. The end of %s:%n%s".formatted(title(), reason, log, String.join("\n", lastLines())));
    }

    StartFailure ended() {
        return failure("ended with code " + process.exitValue());
    }

    private List<String> lastLines() {
        try (var lines = Files.lines(log, StandardCharsets.ISO_8859_1)) {
            List<String> all = lines.toList();
            return all.subList(Math.max(0, all.size() - LAST_LINES), all.size());
        } catch (IOException e) {
            return List.of("(cannot be read: " + e.getMessage() + ")");
        }
    }
}
