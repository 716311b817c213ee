package io.infrabridge.server.packages;

import io.infrabridge.contract.Category;
import io.infrabridge.contract.Failure;
import io.infrabridge.runtime.operation.Output;
import io.infrabridge.runtime.operation.Run;
import io.infrabridge.runtime.operation.UnexpectedOutput;
import io.infrabridge.runtime.value.PackageName;
import io.infrabridge.runtime.value.PackageQuery;
import io.infrabridge.runtime.value.PackageVersion;
import io.infrabridge.server.packages.Foreseen.Named;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Debian and Ubuntu; see apt-get(8), dpkg-query(1). A simulation differs from what it simulates by {@code -s} alone.
 * Recommended packages come along, as people expect of {@code apt-get install}.
 */
record Apt() implements PackageManager {
    private static final Duration LONGEST = Duration.ofMinutes(30);
    /** The exit status of apt-get for all that it will not do. */
    private static final int REFUSED = 100;
    /** A pause for another package manager that holds the lock, such as unattended-upgrades. */
    private static final List<String> USUAL = List.of("-y", "-q", "-o", "DPkg::Lock::Timeout=60");
    /** Never removes, never upgrades what was asked for, keeps configuration files that someone has changed. */
    private static final List<String> ADDING = List.of(
            "--no-remove",
            "--no-upgrade",
            "-o",
            "Dpkg::Options::=--force-confdef",
            "-o",
            "Dpkg::Options::=--force-confold");

    /** Whatever the host's configuration says of packages that are no longer required. */
    private static final List<String> TAKING = List.of("--no-auto-remove");

    static final String[] AS_ROOT = {
        String.join(" ", aptGet("install", false, ADDING, List.of("<package>..."))),
        String.join(" ", aptGet("remove", false, TAKING, List.of("<package>...")))
    };

    private static final Pattern COMING = Pattern.compile("^Inst (\\S+) (?:\\[\\S+\\] )?\\((\\S+) .*$");
    private static final Pattern GOING = Pattern.compile("^(?:Remv|Purg) (\\S+) \\[(\\S+)\\].*$");

    @Override
    public Run inventory() {
        return Run.of(
                "List the packages of the host",
                "dpkg-query",
                "-W",
                "-f=${Package}\\t${Architecture}\\t${Version}\\t${db:Status-Status}\\t${Essential}\\t${Protected}\\n");
    }

    @Override
    public Run simulateInstall(List<PackageName> names) {
        return Run.of("Foresee the installation", aptGet("install", true, ADDING, texts(names)))
                .within(Duration.ofMinutes(2))
                .accepting(0, REFUSED);
    }

    @Override
    public Run install(List<PackageName> names) {
        return Run.of("Install " + listed(names), aptGet("install", false, ADDING, texts(names)))
                .asRoot("packages are installed for the whole host")
                .toItsEndWithin(LONGEST);
    }

    @Override
    public Run simulateRemove(List<PackageName> names) {
        return Run.of("Foresee the removal", aptGet("remove", true, TAKING, texts(names)))
                .within(Duration.ofMinutes(2))
                .accepting(0, REFUSED);
    }

    @Override
    public Run remove(List<PackageName> names) {
        return Run.of("Remove " + listed(names), aptGet("remove", false, TAKING, texts(names)))
                .asRoot("packages are removed for the whole host")
                .toItsEndWithin(LONGEST);
    }

    @Override
    public Run restore(List<Inventory.Entry> entries) {
        List<String> exact = entries.stream()
                .map(entry -> new PackageName(entry.qualified()) + "=" + new PackageVersion(entry.version()))
                .toList();
        return Run.of("Install " + String.join(", ", exact) + " again", aptGet("install", false, ADDING, exact))
                .asRoot("packages are installed for the whole host")
                .toItsEndWithin(LONGEST);
    }

    @Override
    public Foreseen foreseen(Output simulation) {
        if (!simulation.succeeded()) {
            return Foreseen.refused(failure(simulation.error()));
        }
        List<Named> coming = new ArrayList<>();
        List<Named> going = new ArrayList<>();
        for (String line : simulation.lines()) {
            named(COMING, line).ifPresent(coming::add);
            named(GOING, line).ifPresent(going::add);
        }
        if (simulation.truncated() || simulation.lines().stream().noneMatch(line -> line.contains("newly installed"))) {
            throw new UnexpectedOutput("apt-get: a simulation without its summary");
        }
        return Foreseen.of(coming, going);
    }

    /** The words of the query are regular expressions to apt-cache, so what is special in them is escaped. */
    @Override
    public Run search(PackageQuery query) {
        List<String> argv = new ArrayList<>(List.of("apt-cache", "search", "--"));
        Arrays.stream(query.value().strip().split(" +"))
                .map(word -> word.replaceAll("[.+]", "\\\\$0"))
                .forEach(argv::add);
        return Run.of("Search the package lists", argv).within(Duration.ofMinutes(1));
    }

    private static Optional<Named> named(Pattern pattern, String line) {
        Matcher fields = pattern.matcher(line);
        return fields.matches() ? Optional.of(new Named(fields.group(1), fields.group(2))) : Optional.empty();
    }

    private static Failure failure(String error) {
        String said = error.lines()
                .filter(line -> line.startsWith("E: "))
                .findFirst()
                .orElse(error)
                .strip();
        if (said.contains("Unable to locate package")
                || said.contains("has no installation candidate")
                || said.contains("by regex")
                || said.contains("by glob")) {
            return Failure.of(
                    Category.NOT_FOUND,
                    said,
                    "Search for it (operation=package, action=search); the host's package lists may be old.");
        }
        return Failure.of(
                Category.PRECONDITION_FAILED,
                "apt-get would not do it: " + said,
                "Installing never removes or downgrades other packages; resolve the conflict on the host first.");
    }

    private static List<String> aptGet(String verb, boolean simulated, List<String> options, List<String> names) {
        List<String> argv = new ArrayList<>(List.of("apt-get", verb));
        if (simulated) {
            argv.add("-s");
        }
        argv.addAll(USUAL);
        argv.addAll(options);
        argv.add("--");
        argv.addAll(names);
        return argv;
    }

    private static List<String> texts(List<PackageName> names) {
        return names.stream().map(PackageName::value).toList();
    }

    private static String listed(List<PackageName> names) {
        return String.join(", ", texts(names));
    }
}
