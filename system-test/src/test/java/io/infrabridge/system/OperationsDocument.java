package io.infrabridge.system;

import io.infrabridge.system.Matrix.Family;
import io.infrabridge.system.Matrix.Seen;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The matrix of {@code docs/operations.md}: which operation was run on which distribution, and how far. */
record OperationsDocument(Map<String, Map<Family, Seen>> byAction) {
    private static final Pattern ROW = Pattern.compile("\\| `([a-z_.]+)` \\|(.*)\\|");

    private static final String HEAD = """
            # What ran on real hosts

            Generated from the answers that the tests of `system-test` got from the hosts of [deploy/lab](../deploy/lab/README.md), over SSH:
            not written by hand, and `OperationsMatrixTest` fails when it says more than what ran.
            "ran; again: unchanged" is a change that changed the host and, asked for once more, found nothing left to do.
            What is real on the RHEL and NixOS hosts, and what stands in for it, is said in the lab's README.

            `./mvnw verify -Plab -Dtest.groups=lab -Dinfrabridge.regenerate=true` writes it anew; after only some of the tests it adds what they ran.

            """;

    OperationsDocument {
        Map<String, Map<Family, Seen>> copy = new TreeMap<>();
        byAction.forEach((action, cells) -> copy.put(action, new EnumMap<>(cells)));
        byAction = copy;
    }

    static Path file() {
        return Checkout.root().resolve("docs/operations.md");
    }

    /** What the document says now; nothing when there is none. */
    static OperationsDocument read(Path file) throws IOException {
        Map<String, Map<Family, Seen>> byAction = new TreeMap<>();
        for (String line : Files.exists(file) ? Files.readAllLines(file) : List.<String>of()) {
            Matcher row = ROW.matcher(line);
            if (row.matches()) {
                byAction.put(row.group(1), cells(row.group(2).split("\\|")));
            }
        }
        return new OperationsDocument(byAction);
    }

    private static Map<Family, Seen> cells(String[] texts) {
        Map<Family, Seen> cells = new EnumMap<>(Family.class);
        for (int i = 0; i < Math.min(texts.length, Family.values().length); i++) {
            String text = texts[i].strip();
            Family family = Family.values()[i];
            Arrays.stream(Seen.values())
                    .filter(seen -> seen != Seen.NOTHING && seen.words.equals(text))
                    .forEach(seen -> cells.put(family, seen));
        }
        return cells;
    }

    /** Both together, each operation as far as it was seen to go. */
    OperationsDocument and(OperationsDocument other) {
        OperationsDocument both = new OperationsDocument(byAction);
        other.byAction.forEach((action, cells) -> cells.forEach((family, seen) -> both.byAction
                .computeIfAbsent(action, name -> new EnumMap<>(Family.class))
                .merge(family, seen, Matrix::further)));
        return both;
    }

    /** What this says that the other does not, or not as far. */
    List<String> beyond(OperationsDocument other) {
        return byAction.entrySet().stream()
                .flatMap(row -> row.getValue().entrySet().stream()
                        .filter(cell -> cell.getValue().compareTo(other.seen(row.getKey(), cell.getKey())) > 0)
                        .map(cell -> row.getKey() + " on " + cell.getKey().title + ": " + cell.getValue().words))
                .toList();
    }

    private Seen seen(String action, Family family) {
        return byAction.getOrDefault(action, Map.of()).getOrDefault(family, Seen.NOTHING);
    }

    /** @param offered all actions, also those that ran nowhere */
    String text(Set<String> offered) {
        Set<String> actions = new TreeSet<>(offered);
        actions.addAll(byAction.keySet());
        String titles =
                Arrays.stream(Family.values()).map(family -> family.title).collect(Collectors.joining(" | "));
        return HEAD + "| " + Way.TOOL + " | " + titles + " |\n|---|---|---|---|\n"
                + actions.stream().map(this::row).collect(Collectors.joining());
    }

    private String row(String action) {
        return "| `" + action + "` | "
                + Arrays.stream(Family.values())
                        .map(family -> seen(action, family).words)
                        .collect(Collectors.joining(" | "))
                + " |\n";
    }
}
