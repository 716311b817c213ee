package io.infrabridge.server.packages;

import io.infrabridge.runtime.operation.Output;
import io.infrabridge.runtime.operation.Run;
import io.infrabridge.runtime.operation.UnexpectedOutput;
import io.infrabridge.runtime.value.PackageQuery;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * Searches nixpkgs; see nix-env(1). The first word must be part of a package's name, because to look into every description
 * nix would have to evaluate all of nixpkgs; the others may stand anywhere.
 */
final class NixSearch {
    private static final int COLUMNS = 3;

    private NixSearch() {}

    static Run search(PackageQuery query) {
        return Run.of(
                        "Search nixpkgs",
                        "nix-env",
                        "-qaP",
                        "--description",
                        "-f",
                        "<nixpkgs>",
                        ".*" + words(query).get(0).replaceAll("[.+]", "[$0]") + ".*")
                .within(Duration.ofMinutes(2))
                .accepting(0, 1);
    }

    /** Columns of attribute path, name with version, and description; the last line is dropped where it may be cut. */
    static List<FoundPackage> found(PackageQuery query, Output searched) {
        if (!searched.succeeded()) {
            if (searched.error().contains("matches no derivations")) {
                return List.of();
            }
            throw new UnexpectedOutput("nix-env: " + searched.error());
        }
        List<String> lines = searched.lines();
        List<String> whole = searched.truncated() && !lines.isEmpty() ? lines.subList(0, lines.size() - 1) : lines;
        return whole.stream()
                .map(NixSearch::found)
                .filter(found -> words(query).stream().allMatch(word -> mentions(found, word)))
                .toList();
    }

    private static FoundPackage found(String line) {
        String[] columns = line.split(" {2,}", COLUMNS);
        if (columns.length < 2 || columns[0].isBlank()) {
            throw new UnexpectedOutput("nix-env: " + line);
        }
        return new FoundPackage(columns[0], columns.length < COLUMNS ? "" : columns[2].strip());
    }

    private static boolean mentions(FoundPackage found, String word) {
        return (found.name() + " " + found.summary()).toLowerCase(Locale.ROOT).contains(word.toLowerCase(Locale.ROOT));
    }

    private static List<String> words(PackageQuery query) {
        return Arrays.asList(query.value().strip().split(" +"));
    }
}
