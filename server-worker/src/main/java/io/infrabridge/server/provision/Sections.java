package io.infrabridge.server.provision;

import io.infrabridge.runtime.operation.Output;
import io.infrabridge.runtime.operation.Plan;
import io.infrabridge.runtime.operation.Probed;
import io.infrabridge.runtime.operation.Run;
import io.infrabridge.runtime.operation.Step;
import io.infrabridge.runtime.operation.Undo;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** All sections of one server in the order in which they are brought about, each with its slice of what is seen. */
record Sections(List<Section> all) {
    Sections {
        all = List.copyOf(all);
    }

    Plan probe() {
        List<Plan> probes = all.stream().map(Section::probe).toList();
        Optional<Plan> refused =
                probes.stream().filter(plan -> plan.refusal().isPresent()).findFirst();
        return refused.orElseGet(() ->
                Plan.of(probes.stream().flatMap(plan -> plan.steps().stream()).toList()));
    }

    Plan further(Probed seen) {
        return Plan.of(cut(seen).next().stream().flatMap(List::stream).toList());
    }

    List<Change> changes(Probed seen) {
        List<Probed> slices = cut(seen).slices();
        List<Change> changes = new ArrayList<>();
        for (int i = 0; i < all.size(); i++) {
            changes.addAll(all.get(i).changes(slices.get(i)));
        }
        return changes;
    }

    /** What brings the server there; the first section that may not be brought there is the answer for all. */
    Plan plan(Probed seen) {
        List<Probed> slices = cut(seen).slices();
        List<Step> steps = new ArrayList<>();
        boolean moreComing = false;
        for (int i = 0; i < all.size(); i++) {
            Plan plan = all.get(i).plan(slices.get(i), moreComing);
            if (plan.refusal().isPresent()) {
                return plan;
            }
            for (Step step : plan.steps()) {
                steps.add(undoneBySlice(step, i));
            }
            moreComing |= all.get(i).bringsMore() && !plan.steps().isEmpty();
        }
        return Plan.of(steps);
    }

    private Step undoneBySlice(Step step, int section) {
        if (!(step instanceof Run run) || !run.undo().possible()) {
            return step;
        }
        Undo own = run.undo();
        return run.undoneBy(Undo.difference(
                before -> own.foreseen(slice(before, section)),
                (before, now) -> own.after(slice(before, section), slice(now, section))));
    }

    private Probed slice(Probed seen, int section) {
        return cut(seen).slices().get(section);
    }

    /** Deals out what was seen, round by round, as it was asked for. */
    private Cut cut(Probed seen) {
        List<Probed> slices =
                new ArrayList<>(all.stream().map(each -> Probed.nothing()).toList());
        List<List<Step>> asked = all.stream().map(each -> each.probe().steps()).toList();
        int at = 0;
        while (at < seen.size()) {
            for (int i = 0; i < all.size(); i++) {
                List<Output> own = seen.outputs().subList(at, at + asked.get(i).size());
                slices.set(i, slices.get(i).and(own));
                at += own.size();
            }
            List<List<Step>> next = new ArrayList<>();
            for (int i = 0; i < all.size(); i++) {
                next.add(all.get(i).further(slices.get(i)));
            }
            asked = next;
        }
        return new Cut(slices, seen.size() == 0 ? List.of() : asked);
    }

    /** What each section has seen, and what each wants to see next. */
    private record Cut(List<Probed> slices, List<List<Step>> next) {}
}
