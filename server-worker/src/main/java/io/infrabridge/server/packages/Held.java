package io.infrabridge.server.packages;

import io.infrabridge.runtime.operation.Output;
import io.infrabridge.runtime.operation.UnexpectedOutput;
import io.infrabridge.server.packages.Inventory.Entry;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The packages that an administrator wants to stay at their versions. */
record Held(Set<String> names, boolean possible) {
    /** An entry of dnf's plugin versionlock, such as {@code nginx-1:1.20.1-14.*}. */
    private static final Pattern LOCK = Pattern.compile("(.+)-\\d+:[^-]+-[^-]+");

    /** A version that is never to come; that holds nothing. */
    private static final String EXCLUDED = "!";

    Held {
        names = Set.copyOf(names);
    }

    /** Names, or entries of versionlock. */
    static Held parse(Output output) {
        if (output.error().contains("No such command: versionlock")) {
            return new Held(Set.of(), false);
        }
        if (!output.succeeded() || output.truncated()) {
            throw new UnexpectedOutput("the list of held packages: " + output.error());
        }
        return new Held(
                output.lines().stream()
                        .filter(line -> !line.startsWith(EXCLUDED))
                        .map(Held::name)
                        .collect(Collectors.toSet()),
                true);
    }

    boolean contain(Entry entry) {
        return entry.answersToAny(names);
    }

    private static String name(String line) {
        Matcher lock = LOCK.matcher(line);
        return lock.matches() ? lock.group(1) : line;
    }
}
