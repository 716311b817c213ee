package io.infrabridge.server.nixos;

import io.infrabridge.contract.Failure;
import io.infrabridge.runtime.operation.Plan;
import io.infrabridge.runtime.operation.Probed;
import io.infrabridge.runtime.operation.Run;
import io.infrabridge.runtime.operation.Step;
import io.infrabridge.runtime.operation.Undo;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * What one of those who know of a host wants to be declared on it, and what is to be done around the build. Several become one, so that
 * the system is built once.
 *
 * @param refusal why it may not be declared
 * @param change what becomes of the declarations; absent where nothing has to be declared
 * @param around what is done before and after a build, whoever wants it
 * @param kept what is done, first and last, where nothing has to be built
 * @param besides what is to be taken back besides, once the former system runs again
 */
public record Declaration(
        Optional<Failure> refusal,
        Optional<UnaryOperator<Declared>> change,
        Around around,
        Around kept,
        Undo.Difference besides) {
    /** The host is as it is wanted, whatever is declared. */
    public static Declaration nothing() {
        return new Declaration(
                Optional.empty(), Optional.empty(), Around.nothing(), Around.nothing(), (before, now) -> List.of());
    }

    public static Declaration of(UnaryOperator<Declared> change) {
        return new Declaration(
                Optional.empty(), Optional.of(change), Around.nothing(), Around.nothing(), (before, now) -> List.of());
    }

    public static Declaration refused(Failure why) {
        return new Declaration(
                Optional.of(why), Optional.empty(), Around.nothing(), Around.nothing(), (before, now) -> List.of());
    }

    public static Declaration refused(Plan why) {
        return refused(why.refusal().orElseThrow());
    }

    public Declaration around(Around steps) {
        return new Declaration(refusal, change, steps, kept, besides);
    }

    public Declaration keeping(Around steps) {
        return new Declaration(refusal, change, around, steps, besides);
    }

    public Declaration takingBack(Undo.Difference more) {
        return new Declaration(refusal, change, around, kept, more);
    }

    /**
     * The same for whoever sees more.
     *
     * @param part what this one is told of what is seen
     */
    public Declaration within(UnaryOperator<Probed> part) {
        return new Declaration(
                refusal,
                change,
                around.within(part),
                kept.within(part),
                (before, now) -> besides.between(part.apply(before), part.apply(now)));
    }

    /** Both, this one first. */
    public Declaration and(Declaration other) {
        return new Declaration(
                refusal.or(other::refusal),
                change.map(first ->
                                other.change.map(second -> then(first, second)).orElse(first))
                        .or(other::change),
                around.and(other.around),
                kept.and(other.kept),
                (before, now) -> both(besides.between(before, now), other.besides.between(before, now)));
    }

    private boolean changes(NixosHost host) {
        return !wanted(host).equals(host.declared());
    }

    /** Whether the host is not as it is wanted, but for what was written and never built. */
    public boolean differs(NixosHost host) {
        return changes(host) || !both(kept.first(), kept.last()).isEmpty();
    }

    /** Whether a system has to be built, be it only because other declarations were written and never built. */
    public boolean builds(NixosHost host) {
        return change.isPresent() && !host.runs(wanted(host));
    }

    /** All of it. */
    public Plan plan(NixosHost host, int first) {
        Plan build = build(host, first);
        return build.refusal().isPresent() ? build : Plan.of(both(build.steps(), last(host)));
    }

    /**
     * The build and what goes before it, or what comes first where there is none.
     *
     * @param first where in the probe the {@link NixosHost#looks} begin
     */
    public Plan build(NixosHost host, int first) {
        if (refusal.isPresent()) {
            return new Plan(List.of(), refusal);
        }
        return builds(host) ? Rebuild.around(wanted(host), host, first, around, besides) : Plan.of(kept.first());
    }

    /** What comes after it. */
    public List<Step> last(NixosHost host) {
        return (builds(host) ? around : kept).last();
    }

    private Declared wanted(NixosHost host) {
        return change.map(declaring -> declaring.apply(host.declared())).orElseGet(host::declared);
    }

    private static UnaryOperator<Declared> then(UnaryOperator<Declared> first, UnaryOperator<Declared> second) {
        return declared -> second.apply(first.apply(declared));
    }

    private static List<Step> both(List<Step> first, List<Step> second) {
        return Stream.concat(first.stream(), second.stream()).toList();
    }

    /**
     * What is done before a build and after it.
     *
     * @param guard the way back under which the host must be while it switches
     */
    public record Around(List<Step> first, Optional<Rebuild.Guard> guard, List<Step> last) {
        public Around {
            first = List.copyOf(first);
            last = List.copyOf(last);
        }

        public static Around nothing() {
            return new Around(List.of(), Optional.empty(), List.of());
        }

        private Around within(UnaryOperator<Probed> part) {
            return new Around(within(first, part), guard, within(last, part));
        }

        private static List<Step> within(List<Step> steps, UnaryOperator<Probed> part) {
            return steps.stream()
                    .<Step>map(step ->
                            step instanceof Run run ? run.undoneBy(run.undo().within(part)) : step)
                    .toList();
        }

        /** There is one guard at most, because only a firewall can lock us out. */
        Around and(Around other) {
            return new Around(both(first, other.first), guard.or(other::guard), both(last, other.last));
        }
    }
}
