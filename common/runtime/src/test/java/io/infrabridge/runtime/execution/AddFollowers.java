package io.infrabridge.runtime.execution;

import io.infrabridge.contract.Risk;
import io.infrabridge.contract.Selector;
import io.infrabridge.contract.TargetKind;
import io.infrabridge.runtime.operation.HostFacts;
import io.infrabridge.runtime.operation.HostOperation;
import io.infrabridge.runtime.operation.OperationSpec;
import io.infrabridge.runtime.operation.Outputs;
import io.infrabridge.runtime.operation.Plan;
import io.infrabridge.runtime.operation.Probed;
import io.infrabridge.runtime.operation.Run;
import io.infrabridge.runtime.operation.Step;
import io.infrabridge.runtime.operation.Tool;
import io.infrabridge.runtime.operation.Undo;
import java.util.List;

/**
 * A change for tests: looks three times, each time because of what was seen before, and adds one name to a {@link FakeHost}, which is
 * dropped again only where it is there.
 */
final class AddFollowers implements HostOperation<AddFollowers.Input, AddFollowers.Seen> {
    record Input() {}

    record Seen(int looks) {}

    @Override
    public OperationSpec<Input, Seen> spec() {
        return OperationSpec.read(
                        new Tool("fake_names", "Names on a fake host", TargetKind.HOST),
                        "Add a name",
                        Input.class,
                        Seen.class,
                        Selector.of("action", "follow"))
                .running("look", "add", "drop")
                .risking(Risk.CHANGE);
    }

    @Override
    public Plan probe(Input in, HostFacts host) {
        return Plan.of(Run.of("See which names there are", "look"));
    }

    @Override
    public Plan further(Input in, HostFacts host, Probed seen) {
        return seen.size() < 3 && seen.get(0).lines().contains("a")
                ? Plan.of(Run.of("Look closer", "look", "at-" + seen.size()))
                : Plan.nothing();
    }

    @Override
    public Plan plan(Input in, HostFacts host, Probed before) {
        List<Step> drop = List.of(Run.of("Drop b", "drop", "b"));
        return has(before)
                ? Plan.nothing()
                : Plan.of(Run.of("Add b", "add", "b")
                        .undoneBy(Undo.difference(seen -> drop, (seen, now) -> has(now) ? drop : List.of())));
    }

    @Override
    public Seen parse(Input in, Outputs out) {
        return new Seen(out.after().size());
    }

    private static boolean has(Probed seen) {
        return seen.get(2).lines().contains("b");
    }
}
