package io.infrabridge.server.packages;

import io.infrabridge.contract.Category;
import io.infrabridge.runtime.operation.Output;
import io.infrabridge.runtime.operation.Plan;
import io.infrabridge.runtime.operation.Run;
import io.infrabridge.runtime.operation.Step;
import io.infrabridge.runtime.value.PackageName;
import io.infrabridge.runtime.value.PackageQuery;
import io.infrabridge.runtime.value.PackageVersion;
import io.infrabridge.server.packages.Inventory.Entry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * RHEL and its kin, with dnf 4; see dnf(8), rpm(8), dnf-versionlock(8). What dnf would do it says to root only, so it is asked as
 * root with {@code --assumeno}, by which alone a simulation differs from what it simulates ({@code -y}).
 */
record Dnf() implements PackageManager {
    /** dnf takes a name with this end for a file, and sudo is told to permit none that has it anywhere. */
    private static final String FILE = ".rpm.";

    private static final List<String> TAKING = List.of("--noautoremove");

    static final String[] AS_ROOT = {
        DnfCommand.shape(true, "install", List.of()),
        DnfCommand.shape(false, "install", List.of()),
        DnfCommand.shape(true, "remove", TAKING),
        DnfCommand.shape(false, "remove", TAKING),
        DnfCommand.shape(false, "downgrade", List.of())
    };
    static final String[] HOLDING_AS_ROOT = {
        "dnf -C -q versionlock add -- <rpm>...", "dnf -C -q versionlock delete -- <rpm>..."
    };
    static final String REFRESHING_AS_ROOT = "dnf -q makecache --refresh";

    @Override
    public Optional<Plan> objection(List<PackageName> names) {
        return names.stream()
                .filter(name -> (name.value() + ".").contains(FILE))
                .findFirst()
                .map(name -> Plan.refuse(
                        Category.INVALID_ARGUMENT,
                        name + " would be a file to dnf.",
                        "Name a package of the host's repositories."));
    }

    @Override
    public Run inventory() {
        return Run.of(
                "List the packages of the host",
                "rpm",
                "-qa",
                "--qf",
                "%{NAME}\\t%{ARCH}\\t%|EPOCH?{%{EPOCH}:}:{}|%{VERSION}-%{RELEASE}\\tinstalled\\tno\\tno\\n");
    }

    @Override
    public Run held() {
        return Run.of("List the held packages", "dnf", "-C", "-q", "versionlock", "list")
                .accepting(0, 1);
    }

    @Override
    public Run newer() {
        return Run.of(
                        "List what could be updated",
                        "dnf",
                        "-C",
                        "-q",
                        "repoquery",
                        "--upgrades",
                        "--qf",
                        "%{name}\\t%{arch}\\t%{evr}")
                .within(Duration.ofMinutes(1));
    }

    @Override
    public Step simulateInstall(List<PackageName> names) {
        return DnfCommand.simulate("Foresee the installation", "install", List.of(), texts(names));
    }

    @Override
    public Run install(List<PackageName> names) {
        return DnfCommand.change("Install " + listed(names), "install", List.of(), texts(names));
    }

    @Override
    public Step simulateRemove(List<PackageName> names) {
        return DnfCommand.simulate("Foresee the removal", "remove", TAKING, texts(names));
    }

    @Override
    public Run remove(List<PackageName> names) {
        return DnfCommand.change("Remove " + listed(names), "remove", TAKING, texts(names));
    }

    @Override
    public Run removeAgain(List<Entry> entries) {
        List<String> exact = exactly(entries);
        return DnfCommand.change("Remove " + String.join(", ", exact), "remove", TAKING, exact);
    }

    @Override
    public Run restore(List<Entry> entries) {
        List<String> exact = exactly(entries);
        return DnfCommand.change("Install " + String.join(", ", exact) + " again", "install", List.of(), exact);
    }

    @Override
    public Run goBack(List<Entry> entries) {
        List<String> exact = exactly(entries);
        return DnfCommand.change("Go back to " + String.join(", ", exact), "downgrade", List.of(), exact);
    }

    @Override
    public Foreseen foreseen(Output simulation) {
        return DnfTransaction.parse(simulation);
    }

    @Override
    public Run search(PackageQuery query) {
        List<String> argv = new ArrayList<>(List.of("dnf", "-C", "-q", "search", "--"));
        argv.addAll(Arrays.asList(query.value().strip().split(" +")));
        return Run.of("Search the package lists", argv).within(Duration.ofMinutes(1));
    }

    @Override
    public Run hold(List<Entry> entries) {
        return lock("Hold ", "add", entries);
    }

    @Override
    public Run unhold(List<Entry> entries) {
        return lock("Release ", "delete", entries);
    }

    @Override
    public Run lists(int minutes) {
        return Run.of(
                        "See whether the package lists were fetched within " + minutes + " minutes",
                        "find",
                        "/var/cache/dnf",
                        "-maxdepth",
                        "3",
                        "-name",
                        "*-primary.xml*",
                        "-mmin",
                        "-" + minutes)
                .accepting(0, 1);
    }

    @Override
    public Run refresh() {
        return Run.of("Fetch the package lists", REFRESHING_AS_ROOT.split(" "))
                .asRoot("package lists belong to the whole host")
                .within(Duration.ofMinutes(10))
                .explainedBy(Locks::explain);
    }

    @Override
    public Updates updates() {
        return new DnfUpdates();
    }

    private static Run lock(String word, String verb, List<Entry> entries) {
        List<PackageName> names =
                entries.stream().map(entry -> new PackageName(entry.name())).toList();
        List<String> argv = new ArrayList<>(List.of("dnf", "-C", "-q", "versionlock", verb, "--"));
        argv.addAll(texts(names));
        return Run.of(word + listed(names), argv)
                .asRoot("what is held is held for the whole host")
                .within(Duration.ofMinutes(1))
                .explainedBy(Locks::explain);
    }

    private static List<String> exactly(List<Entry> entries) {
        return entries.stream()
                .map(entry -> new PackageName(entry.name()) + "-" + new PackageVersion(entry.version()) + "."
                        + new PackageName(entry.architecture()))
                .toList();
    }

    static List<String> texts(List<PackageName> names) {
        return names.stream().map(PackageName::value).toList();
    }

    private static String listed(List<PackageName> names) {
        return String.join(", ", texts(names));
    }
}
