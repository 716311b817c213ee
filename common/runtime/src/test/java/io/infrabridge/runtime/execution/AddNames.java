package io.infrabridge.runtime.execution;

import io.infrabridge.contract.Category;
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
import io.infrabridge.runtime.operation.Tool;
import io.infrabridge.runtime.operation.Undo;
import io.infrabridge.runtime.operation.UnexpectedOutput;
import io.infrabridge.runtime.value.PackageName;
import java.time.Duration;
import java.util.List;

/** A change for tests: adds names to a {@link FakeHost}, one step each. */
public final class AddNames implements HostOperation<AddNames.Input, AddNames.Names> {
    private final boolean converges;

    public AddNames(boolean converges) {
        this.converges = converges;
    }

    public record Input(List<PackageName> names) {}

    public record Names(List<String> names) {}

    @Override
    public OperationSpec<Input, Names> spec() {
        OperationSpec<Input, Names> spec = OperationSpec.read(
                        new Tool("fake_names", "Names on a fake host", TargetKind.HOST),
                        "Add names",
                        Input.class,
                        Names.class,
                        Selector.of("action", converges ? "add" : "append"))
                .running("look", "add", "drop")
                .risking(Risk.CHANGE);
        return converges ? spec : spec.neverRepeated();
    }

    @Override
    public Plan probe(Input in, HostFacts host) {
        if (in.names().stream().anyMatch(name -> name.value().equals("outside"))) {
            return Plan.refuse(Category.INVALID_ARGUMENT, "It is outside.", "Choose another.");
        }
        return Plan.of(Run.of("See which names there are", "look"));
    }

    @Override
    public Plan plan(Input in, HostFacts host, Probed before) {
        if (before.get(0).text().equals("garbled")) {
            throw new UnexpectedOutput("garbled");
        }
        boolean forbidden = in.names().stream().anyMatch(name -> name.value().equals("forbidden"));
        if (forbidden || before.get(0).lines().contains("locked")) {
            return Plan.refuse(Category.PRECONDITION_FAILED, "It is forbidden.", "Choose another.");
        }
        return Plan.of(in.names().stream()
                .map(PackageName::value)
                .filter(name -> !converges || !before.get(0).lines().contains(name))
                .map(name -> Run.of("Add " + name, "add", name)
                        .asRoot("names belong to root")
                        .within(Duration.ofMillis(50))
                        .undoneBy(Undo.by(Run.of("Drop " + name, "drop", name).within(Duration.ofMillis(50)))))
                .toList());
    }

    @Override
    public Names parse(Input in, Outputs out) {
        return new Names(out.after().get(0).lines());
    }
}
