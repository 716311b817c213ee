package io.infrabridge.server.provision;

import io.infrabridge.runtime.operation.Plan;
import io.infrabridge.runtime.operation.Probed;
import io.infrabridge.runtime.operation.Run;
import io.infrabridge.runtime.operation.Step;
import java.util.ArrayList;
import java.util.List;

/** All sections of one server in the order in which they are brought about, each with its slice of what is seen. */
record Sections(List<Section> all) {
    Sections {
        all = List.copyOf(all);
    }

    Plan probe() {
        return looks().first();
    }

    Plan further(Probed seen) {
        return Plan.of(looks().further(seen));
    }

    List<Change> changes(Probed seen) {
        List<Probed> slices = looks().slices(seen);
        List<Change> changes = new ArrayList<>();
        for (int i = 0; i < all.size(); i++) {
            changes.addAll(all.get(i).changes(slices.get(i)));
        }
        return changes;
    }

    /** What brings the server there; the first section that may not be brought there is the answer for all. */
    Plan plan(Probed seen) {
        List<Probed> slices = looks().slices(seen);
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
        for (int i = 0; i < all.size(); i++) {
            for (Step step : all.get(i).last(slices.get(i))) {
                steps.add(undoneBySlice(step, i));
            }
        }
        return Plan.of(steps);
    }

    private Step undoneBySlice(Step step, int section) {
        return step instanceof Run run ? run.undoneBy(run.undo().within(seen -> slice(seen, section))) : step;
    }

    private Probed slice(Probed seen, int section) {
        return looks().slices(seen).get(section);
    }

    private SharedLooks looks() {
        return new SharedLooks(all.stream()
                .map(each -> new SharedLooks.Looker(each.probe(), each::further))
                .toList());
    }
}
