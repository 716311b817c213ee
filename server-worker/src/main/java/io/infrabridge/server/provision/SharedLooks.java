package io.infrabridge.server.provision;

import io.infrabridge.runtime.operation.Output;
import io.infrabridge.runtime.operation.Plan;
import io.infrabridge.runtime.operation.Probed;
import io.infrabridge.runtime.operation.Run;
import io.infrabridge.runtime.operation.Step;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** The looks of several who each see their own and nothing else, round by round; what many look at is looked at once in a round. */
record SharedLooks(List<Looker> all) {
    SharedLooks {
        all = List.copyOf(all);
    }

    /**
     * One of those who look.
     *
     * @param first its first looks, or why nothing may even be looked at
     * @param further more of them from what it has seen, until there are none
     */
    record Looker(Plan first, Function<Probed, List<Step>> further) {}

    /** All first looks, or the first reason why there are none. */
    Plan first() {
        Optional<Plan> refused = all.stream()
                .map(Looker::first)
                .filter(plan -> plan.refusal().isPresent())
                .findFirst();
        return refused.orElseGet(() -> Plan.of(once(asked())));
    }

    List<Step> further(Probed seen) {
        return seen.size() == 0 ? List.of() : once(dealt(seen).asked());
    }

    /** What each of them has seen. */
    List<Probed> slices(Probed seen) {
        return dealt(seen).slices();
    }

    private Dealt dealt(Probed seen) {
        Dealt dealt = new Dealt(all.stream().map(each -> Probed.nothing()).toList(), asked());
        int at = 0;
        while (at < seen.size()) {
            int round = once(dealt.asked()).size();
            dealt = next(dealt, seen.outputs().subList(at, at + round));
            at += round;
        }
        return dealt;
    }

    private Dealt next(Dealt before, List<Output> outputs) {
        Map<Object, Output> answers = new LinkedHashMap<>();
        List<Step> once = once(before.asked());
        for (int i = 0; i < once.size(); i++) {
            answers.put(question(once.get(i)), outputs.get(i));
        }
        List<Probed> slices = new ArrayList<>();
        List<List<Step>> asked = new ArrayList<>();
        for (int i = 0; i < all.size(); i++) {
            Probed slice = before.slices()
                    .get(i)
                    .and(before.asked().get(i).stream()
                            .map(step -> answers.get(question(step)))
                            .toList());
            slices.add(slice);
            asked.add(all.get(i).further().apply(slice));
        }
        return new Dealt(slices, asked);
    }

    private List<List<Step>> asked() {
        return all.stream().map(each -> each.first().steps()).toList();
    }

    private static List<Step> once(List<List<Step>> asked) {
        Map<Object, Step> once = new LinkedHashMap<>();
        asked.forEach(steps -> steps.forEach(step -> once.putIfAbsent(question(step), step)));
        return List.copyOf(once.values());
    }

    /** What is the same in two looks that are answered in the same way. */
    private static Object question(Step step) {
        return step instanceof Run run
                ? List.of(run.argv(), run.sudo().isPresent(), run.accepted(), run.input())
                : step;
    }

    /** What each has seen, and what each wants to see next. */
    private record Dealt(List<Probed> slices, List<List<Step>> asked) {}
}
