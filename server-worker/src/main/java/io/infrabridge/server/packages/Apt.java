package io.infrabridge.server.packages;

import io.infrabridge.contract.Category;
import io.infrabridge.contract.Failure;
import io.infrabridge.runtime.operation.Output;
import io.infrabridge.runtime.operation.Plan;
import io.infrabridge.runtime.operation.Run;
import io.infrabridge.runtime.operation.UnexpectedOutput;
import io.infrabridge.runtime.value.PackageName;
import io.infrabridge.runtime.value.PackageQuery;
import io.infrabridge.runtime.value.PackageVersion;
import io.infrabridge.server.packages.Foreseen.Named;
import io.infrabridge.server.packages.Inventory.Entry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Debian and Ubuntu; see apt-get(8), apt-mark(8), dpkg-query(1). A simulation differs from what it simulates by {@code -s}
 * alone. Recommended packages come along, as people expect of {@code apt-get install}.
 */
record Apt() implements PackageManager {
    /** Never removes, never upgrades what was asked for, keeps configuration files that someone has changed. */
    private static final List<String> ADDING = AptGet.keepingConfiguration("--no-remove", "--no-upgrade");

    /** The same, in place of newer versions. */
    private static final List<String> GOING_BACK = AptGet.keepingConfiguration("--no-remove", "--allow-downgrades");

    /** Whatever the host's configuration says of packages that are no longer required. */
    private static final List<String> TAKING = List.of("--no-auto-remove");

    private static final List<String> REFRESHING =
            List.of("apt-get", "update", "-q", "-o", "APT::Update::Error-Mode=any");

    static final String[] AS_ROOT = {
        AptGet.shape("install", ADDING), AptGet.shape("install", GOING_BACK), AptGet.shape("remove", TAKING)
    };
    static final String[] HOLDING_AS_ROOT = {"apt-mark hold -- <package>...", "apt-mark unhold -- <package>..."};
    static final String REFRESHING_AS_ROOT = String.join(" ", REFRESHING);

    private static final Pattern COMING =
            Pattern.compile("Inst (\\S+) (?:\\[\\S+\\] )?\\((\\S+) ([^)]*)\\[([^\\]]+)\\]\\).*");
    private static final Pattern GOING = Pattern.compile("(?:Remv|Purg) (\\S+) \\[(\\S+)\\].*");

    @Override
    public Optional<Plan> objection(List<PackageName> names) {
        return Optional.empty();
    }

    @Override
    public Run inventory() {
        return Run.of(
                "List the packages of the host",
                "dpkg-query",
                "-W",
                "-f=${Package}\\t${Architecture}\\t${Version}\\t${db:Status-Status}\\t${Essential}\\t${Protected}\\n");
    }

    @Override
    public Run held() {
        return Run.of("List the held packages", "apt-mark", "showhold");
    }

    /** See apt-patterns(7): what is upgradable. */
    @Override
    public Run newer() {
        return Run.of("List what could be updated", "apt-cache", "policy", "~U").within(Duration.ofMinutes(1));
    }

    @Override
    public Run simulateInstall(List<PackageName> names) {
        return AptGet.simulate("Foresee the installation", "install", ADDING, texts(names));
    }

    @Override
    public Run install(List<PackageName> names) {
        return AptGet.change("Install " + listed(names), "install", ADDING, texts(names));
    }

    @Override
    public Run simulateRemove(List<PackageName> names) {
        return AptGet.simulate("Foresee the removal", "remove", TAKING, texts(names));
    }

    @Override
    public Run remove(List<PackageName> names) {
        return AptGet.change("Remove " + listed(names), "remove", TAKING, texts(names));
    }

    @Override
    public Run removeAgain(List<Entry> entries) {
        return remove(entries.stream().map(Apt::qualified).toList());
    }

    @Override
    public Run restore(List<Entry> entries) {
        List<String> exact = entries.stream().map(Apt::exactly).toList();
        return AptGet.change("Install " + String.join(", ", exact) + " again", "install", ADDING, exact);
    }

    @Override
    public Run goBack(List<Entry> entries) {
        List<String> exact = entries.stream().map(Apt::exactly).toList();
        return AptGet.change("Go back to " + String.join(", ", exact), "install", GOING_BACK, exact);
    }

    @Override
    public Foreseen foreseen(Output simulation) {
        if (!simulation.succeeded()) {
            return Foreseen.refused(failure(simulation.error()));
        }
        List<Named> coming = new ArrayList<>();
        List<Named> going = new ArrayList<>();
        for (String line : simulation.lines()) {
            Matcher comes = COMING.matcher(line);
            Matcher goes = GOING.matcher(line);
            if (comes.matches()) {
                boolean security = comes.group(3).toLowerCase(Locale.ROOT).contains("security");
                coming.add(new Named(comes.group(1).split(":")[0], comes.group(4), comes.group(2), security));
            } else if (goes.matches()) {
                String[] name = goes.group(1).split(":");
                going.add(new Named(name[0], name.length > 1 ? name[1] : "", goes.group(2)));
            }
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

    @Override
    public Run hold(List<Entry> entries) {
        return mark("Hold ", "hold", entries);
    }

    @Override
    public Run unhold(List<Entry> entries) {
        return mark("Release ", "unhold", entries);
    }

    /** apt-get touches the folder whenever it asks for lists, also where they have not changed. */
    @Override
    public Run lists(int minutes) {
        return Run.of(
                        "See whether the package lists were fetched within " + minutes + " minutes",
                        "find",
                        "/var/lib/apt/lists/partial",
                        "-maxdepth",
                        "0",
                        "-mmin",
                        "-" + minutes)
                .accepting(0, 1);
    }

    @Override
    public Run refresh() {
        return Run.of("Fetch the package lists", REFRESHING)
                .asRoot("package lists belong to the whole host")
                .within(Duration.ofMinutes(10))
                .explainedBy(Locks::explain);
    }

    @Override
    public Updates updates() {
        return new AptUpdates(this);
    }

    static String exactly(Entry entry) {
        return qualified(entry) + "=" + new PackageVersion(entry.version());
    }

    private static PackageName qualified(Entry entry) {
        return new PackageName(entry.qualified());
    }

    private static Run mark(String word, String verb, List<Entry> entries) {
        List<PackageName> names = entries.stream().map(Apt::qualified).toList();
        List<String> argv = new ArrayList<>(List.of("apt-mark", verb, "--"));
        argv.addAll(texts(names));
        return Run.of(word + listed(names), argv)
                .asRoot("what is held is held for the whole host")
                .explainedBy(Locks::explain);
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

    static List<String> texts(List<PackageName> names) {
        return names.stream().map(PackageName::value).toList();
    }

    private static String listed(List<PackageName> names) {
        return String.join(", ", texts(names));
    }
}
