package io.infrabridge.testkit.hostile;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** A folder that shell payloads try to change: while nothing of them is executed, it holds one file with one word. */
public record Canary(Path folder) {
    private static final String WORD = "alive\n";

    /** The folder is made, and the file in it. */
    public static Canary in(Path folder) {
        try {
            Canary canary = new Canary(Files.createDirectories(folder));
            Files.writeString(canary.kept(), WORD);
            return canary;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Must never go. */
    public Path kept() {
        return folder.resolve("kept");
    }

    /** Must never come. */
    public Path never() {
        return folder.resolve("never");
    }

    /** What would show that a payload was executed. */
    List<String> commands() {
        return List.of(
                "touch " + never(),
                "rm -rf " + kept(),
                "cp /etc/hostname " + kept(),
                "ln -s / " + never(),
                "id>" + never());
    }

    /** What is different from how it was made; empty while nothing was executed. */
    public List<String> changes() {
        try (Stream<Path> files = Files.list(folder)) {
            List<String> others = files.filter(file -> !file.equals(kept()))
                    .map(file -> file + " has come")
                    .toList();
            if (!others.isEmpty()) {
                return others;
            }
            return Files.isRegularFile(kept(), LinkOption.NOFOLLOW_LINKS)
                            && Files.readString(kept()).equals(WORD)
                    ? List.of()
                    : List.of(kept() + " has gone or is different");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
