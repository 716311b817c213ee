package io.infrabridge.server.packages;

import io.infrabridge.contract.Category;
import io.infrabridge.contract.Failure;
import io.infrabridge.runtime.operation.Output;
import io.infrabridge.runtime.operation.UnexpectedOutput;
import io.infrabridge.server.packages.Foreseen.Named;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** The table of a transaction, which dnf 4 prints before it asks whether to go on. */
final class DnfTransaction {
    /** A row: name, architecture, version, repository, size; the size may be two words. */
    private static final int FIELDS = 5;

    private static final String REPLACING = "replacing";
    private static final String SUMMARY = "Transaction Summary";

    private final List<Named> coming = new ArrayList<>();
    private final List<Named> going = new ArrayList<>();
    private final List<String> row = new ArrayList<>();
    private Optional<List<Named>> section = Optional.empty();

    private DnfTransaction() {}

    static Foreseen parse(Output simulation) {
        Optional<Failure> refusal = refusal(simulation);
        if (refusal.isPresent()) {
            return Foreseen.refused(refusal.get());
        }
        if (!simulation.truncated() && simulation.lines().contains("Nothing to do.")) {
            return Foreseen.of(List.of(), List.of());
        }
        List<String> lines = simulation.lines();
        int end = lines.indexOf(SUMMARY);
        if (simulation.truncated() || end < 0) {
            throw new UnexpectedOutput("dnf: a transaction without its summary");
        }
        DnfTransaction transaction = new DnfTransaction();
        lines.subList(0, end).forEach(transaction::line);
        transaction.endOfRow();
        return Foreseen.of(transaction.coming, transaction.going);
    }

    private void line(String line) {
        String[] words = line.strip().split("\\s+");
        if (!line.startsWith(" ")) {
            endOfRow();
            section = section(line);
        } else if (section.isPresent() && words[0].equals(REPLACING) && words.length == 3) {
            endOfRow();
            replaced(words);
        } else if (section.isPresent()) {
            // a row that is too long goes on in a line that is indented further
            if (!line.startsWith("  ")) {
                endOfRow();
            }
            row.addAll(Arrays.asList(words));
        }
    }

    private Optional<List<Named>> section(String heading) {
        return switch (heading.split("[ :]", -1)[0]) {
            case "Installing" ->
                heading.matches("Installing( (weak )?dependencies| group/module packages)?:")
                        ? Optional.of(coming)
                        : Optional.empty();
            case "Upgrading", "Reinstalling" -> Optional.of(coming);
            case "Removing" ->
                heading.matches("Removing( dependent packages| unused dependencies)?:")
                        ? Optional.of(going)
                        : Optional.empty();
            case "Downgrading" -> Optional.of(going);
            default -> Optional.empty();
        };
    }

    private void endOfRow() {
        if (row.isEmpty()) {
            return;
        }
        if (row.size() < FIELDS) {
            throw new UnexpectedOutput("dnf: a row of a transaction: " + String.join(" ", row));
        }
        section.ifPresent(rows -> rows.add(new Named(row.get(0), row.get(1), row.get(2))));
        row.clear();
    }

    private void replaced(String[] words) {
        int dot = words[1].lastIndexOf('.');
        if (dot <= 0) {
            throw new UnexpectedOutput("dnf: a replaced package: " + words[1]);
        }
        going.add(new Named(words[1].substring(0, dot), words[1].substring(dot + 1), words[2]));
    }

    private static Optional<Failure> refusal(Output simulation) {
        int at = simulation.error().indexOf("Error:");
        if (simulation.succeeded() || at < 0) {
            return Optional.empty();
        }
        String said = simulation.error().substring(at + "Error:".length()).strip();
        return Optional.of(
                said.startsWith("Unable to find a match")
                        ? Failure.of(
                                Category.NOT_FOUND,
                                said,
                                "Search for it (operation=package, action=search); the host's package lists may be old.")
                        : Failure.of(
                                Category.PRECONDITION_FAILED,
                                "dnf would not do it: " + said,
                                "Installing never removes or downgrades other packages; resolve the conflict on the host"
                                        + " first."));
    }
}
