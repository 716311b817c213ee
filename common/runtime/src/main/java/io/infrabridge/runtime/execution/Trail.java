package io.infrabridge.runtime.execution;

import io.infrabridge.runtime.execution.StepRecord.Stage;
import io.infrabridge.runtime.operation.Probed;
import io.infrabridge.runtime.operation.Step;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.function.Function;

/** What was started of one change, by this worker and by those that had it before, so that all of it can be taken back. */
final class Trail {
    private final List<Stage> earlier;
    private final boolean whole;
    private final Probed first;
    private final List<Started> started = new ArrayList<>();

    private Trail(List<Stage> earlier, boolean whole, Probed first) {
        this.earlier = earlier;
        this.whole = whole;
        this.first = first;
    }

    /** Of a change that nobody has begun. */
    static Trail fresh(Probed before) {
        return new Trail(List.of(), true, before);
    }

    /**
     * Of one that was begun by others.
     *
     * @param planner makes the plan again that was made from a probe
     * @param now stands for what was there before, where that is not known
     */
    static Trail after(StepRecord record, Function<Probed, List<Step>> planner, Probed now) {
        List<Stage> stages = record.stages();
        boolean known = !stages.isEmpty();
        Trail trail = new Trail(stages, known, known ? stages.get(0).before() : now);
        for (int i = 0; i < stages.size(); i++) {
            Stage stage = stages.get(i);
            List<Step> plan = planner.apply(stage.before());
            if (plan.size() < stage.started()) {
                // another version of the operation plans other steps: what it began is not known
                return new Trail(List.of(), false, now);
            }
            for (Step step : plan.subList(0, stage.started())) {
                trail.started.add(new Started(step, i, OptionalInt.empty()));
            }
        }
        return trail;
    }

    /** Whether everything that was started is known. */
    boolean whole() {
        return whole;
    }

    /** What was there before the very first step. */
    Probed first() {
        return first;
    }

    boolean empty() {
        return started.isEmpty() && whole;
    }

    /** The last started step, where there is one. */
    List<Step> last() {
        return started.stream()
                .skip(Math.max(0, started.size() - 1))
                .map(Started::step)
                .toList();
    }

    void started(Step step, int report) {
        started.add(new Started(step, earlier.size(), OptionalInt.of(report)));
    }

    /**
     * A step that the last of the other workers started is reported here, too.
     *
     * @param index of the step in that worker's plan
     */
    void told(int index, int report) {
        int at = started.size() - earlier.get(earlier.size() - 1).started() + index;
        Started one = started.get(at);
        started.set(at, new Started(one.step(), one.stage(), OptionalInt.of(report)));
    }

    /** Whether this worker started it. */
    boolean own(Started one) {
        return one.stage() == earlier.size();
    }

    /** What to write down when this worker starts so many of the steps that it planned from this probe. */
    List<Stage> stages(Probed before, int count) {
        if (!whole) {
            return List.of();
        }
        List<Stage> stages = new ArrayList<>(earlier);
        if (count > 0) {
            stages.add(new Stage(before, count));
        }
        return stages;
    }

    /** The started steps, the last first; one that another worker started anew is there once. */
    List<Started> back() {
        List<Started> back = new ArrayList<>();
        Map<List<String>, Integer> seen = new HashMap<>();
        for (int i = started.size() - 1; i >= 0; i--) {
            Started one = started.get(i);
            Integer stage = seen.putIfAbsent(one.step().command(), one.stage());
            if (stage == null || stage == one.stage()) {
                back.add(one);
            }
        }
        return back;
    }

    /**
     * A step that may have taken effect.
     *
     * @param stage which of the workers started it
     * @param report where this worker has reported it
     */
    record Started(Step step, int stage, OptionalInt report) {}
}
