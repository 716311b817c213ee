package io.infrabridge.server.packages;

import io.infrabridge.runtime.operation.Output;
import io.infrabridge.runtime.operation.Run;
import io.infrabridge.runtime.operation.UnexpectedOutput;
import io.infrabridge.server.packages.Inventory.Entry;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The packages of the NixOS system that runs, whoever has declared them: what the tree of its programs leads to; see nix-store(1).
 * They go by the names that they give themselves, which need not be the attribute paths that they are declared by.
 */
final class NixInventory {
    static final String PROGRAM = "nix-store";

    private static final Pattern PATH = Pattern.compile("/nix/store/[0-9a-z]{32}-([0-9a-zA-Z+._?=-]{1,220})");
    /** Outputs that packages are split into. */
    private static final Pattern PART =
            Pattern.compile("(.+)-(bin|data|debug|dev|devdoc|devman|dist|doc|info|lib|man|out|static|terminfo)");

    private static final Pattern MAYBE_PART = Pattern.compile("(.+)-[a-z]+");
    private static final String INSTALLED = "installed";

    private NixInventory() {}

    static Run look() {
        return Run.of(
                "List the packages of the system that runs",
                PROGRAM,
                "--query",
                "--references",
                "/run/current-system/sw");
    }

    /** The store does not tell what machine they are for; it is the host's. */
    static Inventory of(Output references, String machine) {
        if (references.truncated()) {
            throw new UnexpectedOutput("the list of packages is longer than the output limit");
        }
        Set<String> all = references.lines().stream()
                .map(NixInventory::name)
                .collect(Collectors.toCollection(LinkedHashSet::new));
        Set<Entry> entries = new LinkedHashSet<>();
        for (String each : all) {
            entries.add(entry(whole(each, all), machine));
        }
        return new Inventory(new ArrayList<>(entries));
    }

    static Entry entry(String name, String version, String machine) {
        return new Entry(name, machine, version, INSTALLED, false);
    }

    private static Entry entry(String full, String machine) {
        Matcher version = NixAttributes.VERSION.matcher(full);
        return version.find()
                ? entry(full.substring(0, version.start()), version.group(1), machine)
                : entry(full, "", machine);
    }

    private static String name(String line) {
        Matcher path = PATH.matcher(line);
        if (!path.matches()) {
            throw new UnexpectedOutput("nix-store: " + line);
        }
        return path.group(1);
    }

    /** Without the output, such as in {@code git-2.42.0-doc}; of those that are not usual where all of the package is there, too. */
    private static String whole(String full, Set<String> all) {
        Matcher version = NixAttributes.VERSION.matcher(full);
        if (!version.find()) {
            return full;
        }
        Matcher part = PART.matcher(full);
        Matcher maybe = MAYBE_PART.matcher(full);
        if (part.matches() && part.end(1) > version.start()) {
            return part.group(1);
        }
        return maybe.matches() && maybe.end(1) > version.start() && all.contains(maybe.group(1))
                ? maybe.group(1)
                : full;
    }
}
