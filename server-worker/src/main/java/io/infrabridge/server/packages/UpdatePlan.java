package io.infrabridge.server.packages;

import io.infrabridge.contract.Category;
import io.infrabridge.contract.Shortened;
import io.infrabridge.runtime.operation.Plan;
import io.infrabridge.runtime.operation.Probed;
import io.infrabridge.runtime.operation.Step;
import io.infrabridge.runtime.operation.Undo;
import io.infrabridge.server.packages.Foreseen.Named;
import io.infrabridge.server.packages.Inventory.Entry;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** The plan of an update: the package lists where they are old, then the packages. */
final class UpdatePlan {
    private static final int LONGEST_LIST = 120;

    private final PackageManager manager;
    private final UpdatePackages.Input in;
    private final UpdatesSeen seen;
    private final Foreseen foreseen;
    private final boolean stale;

    UpdatePlan(PackageManager manager, UpdatePackages.Input in, UpdatesSeen seen) {
        this.manager = manager;
        this.in = in;
        this.seen = seen;
        this.foreseen = manager.updates().foreseen(in, seen.looks());
        this.stale = in.refreshing() && !seen.fresh();
    }

    Plan plan() {
        return notInstalled()
                .or(() -> Refusals.held(heldBack(), "updated"))
                .or(() -> foreseen.refusal().map(refusal -> new Plan(List.of(), Optional.of(refusal))))
                .or(this::chosenFromOldLists)
                .orElseGet(this::steps);
    }

    private Plan steps() {
        if (!stale && foreseen.coming().isEmpty()) {
            return Plan.nothing();
        }
        Optional<Plan> broken = Refusals.broken(seen.inventory());
        if (broken.isPresent()) {
            return broken.get();
        }
        List<Step> steps = new ArrayList<>();
        if (stale) {
            steps.add(manager.refresh());
        }
        List<Entry> lost = lost();
        boolean back = lost.isEmpty() && foreseen.going().isEmpty();
        steps.add(manager.updates().update(description(lost), in, foreseen).undoneBy(back ? undo() : Undo.none()));
        return Plan.of(steps);
    }

    private Optional<Plan> notInstalled() {
        return in.named().stream()
                .filter(name -> seen.inventory().installed(name).isEmpty())
                .findFirst()
                .map(name -> Refusals.notInstalled(name.value()));
    }

    /** What was named and is held; without a newer version it has nothing to lose by it. */
    private List<Entry> heldBack() {
        return in.named().stream()
                .flatMap(name -> seen.inventory().installed(name).stream())
                .filter(entry ->
                        seen.held().contain(entry) && seen.newer().of(entry).isPresent())
                .toList();
    }

    private Optional<Plan> chosenFromOldLists() {
        return stale && manager.updates().choosesFromLists(in)
                ? Optional.of(Plan.refuse(
                        Category.PRECONDITION_FAILED,
                        "The package lists are older than an hour, and only they tell which updates are for security.",
                        "Fetch them first (operation=package, action=refresh), or set refresh to false to go by the old"
                                + " ones."))
                : Optional.empty();
    }

    /** What is installed and would be replaced by another version that there is no way back from. */
    private List<Entry> lost() {
        return former().stream()
                .filter(entry -> !manager.updates().offered(entry, seen.newer(), seen.looks()))
                .toList();
    }

    private List<Entry> former() {
        return seen.inventory().installed().stream()
                .filter(entry -> foreseen.coming().stream().anyMatch(named -> named.is(entry)))
                .toList();
    }

    private List<Entry> expected() {
        return foreseen.coming().stream()
                .filter(named -> seen.inventory().installed().stream().noneMatch(named::is))
                .map(Named::installed)
                .toList();
    }

    private String description(List<Entry> lost) {
        String what = foreseen.coming().stream().map(this::told).collect(Collectors.joining(", "));
        String scope = stale ? "Update to what the lists then offer; by the present ones: " : "Update: ";
        String noWayBack = lost.isEmpty()
                ? foreseen.going().isEmpty() ? "" : "There is no way back: packages are replaced by others. "
                : "There is no way back: no longer offered are "
                        + Shortened.to(
                                LONGEST_LIST,
                                lost.stream()
                                        .map(entry -> entry.name() + " " + entry.version())
                                        .collect(Collectors.joining(", ")))
                        + ". ";
        return noWayBack + scope + (what.isEmpty() ? "nothing" : what);
    }

    private String told(Named named) {
        String from = former().stream()
                .filter(named::is)
                .findFirst()
                .map(entry -> entry.version() + " → ")
                .orElse("");
        return named.name() + " " + from + named.version();
    }

    private Undo undo() {
        return Undo.difference(before -> back(former(), expected(), List.of()), this::back);
    }

    private List<Step> back(Probed before, Probed now) {
        Difference difference = Difference.between(Inventory.parse(before.get(0)), Inventory.parse(now.get(0)));
        return back(difference.former(), difference.came(), difference.went());
    }

    /** What came is needed by the newer versions, so it goes last. */
    private List<Step> back(List<Entry> former, List<Entry> came, List<Entry> went) {
        List<Step> steps = new ArrayList<>();
        if (!former.isEmpty()) {
            steps.add(manager.goBack(former));
        }
        if (!went.isEmpty()) {
            steps.add(manager.restore(went));
        }
        if (!came.isEmpty()) {
            steps.add(manager.removeAgain(came));
        }
        return List.copyOf(steps);
    }
}
