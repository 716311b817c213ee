package io.infrabridge.server;

import io.infrabridge.runtime.operation.HostFacts;
import io.infrabridge.runtime.operation.HostOperation;
import io.infrabridge.runtime.operation.OperationSpec;
import io.infrabridge.runtime.operation.Outputs;
import io.infrabridge.runtime.operation.Plan;
import io.infrabridge.runtime.operation.Probed;
import io.infrabridge.runtime.operation.RootCommand;
import java.util.List;
import java.util.function.BiFunction;

/**
 * What an operation brings about when it runs alone; as a part it looks, refuses, plans and undoes in the same way.
 *
 * @param told the deviations, from what was seen
 */
public record OperationPart<I extends Record, O extends Record>(
        HostOperation<I, O> operation, I in, BiFunction<HostFacts, Outputs, List<Deviation>> told) implements Part {
    @Override
    public Plan probe(HostFacts host) {
        return operation.probe(in, host);
    }

    @Override
    public Plan further(HostFacts host, Probed seen) {
        return operation.further(in, host, seen);
    }

    @Override
    public Plan plan(HostFacts host, Probed seen, boolean moreComing) {
        return operation.plan(in, host, seen);
    }

    @Override
    public List<Deviation> deviations(HostFacts host, Probed seen) {
        return told.apply(host, new Outputs(seen, List.of(), seen));
    }

    /** All that another operation may run, too. */
    public static <I extends Record, O extends Record> OperationSpec<I, O> allowing(
            OperationSpec<I, O> spec, HostOperation<?, ?> other) {
        OperationSpec<I, O> more = spec;
        for (var entry : other.spec().allowance().byDistro().entrySet()) {
            more = more.runningOn(entry.getKey(), entry.getValue().toArray(String[]::new));
        }
        return more.runningAsRoot(other.spec().allowance().asRoot().stream()
                .map(RootCommand::toString)
                .toArray(String[]::new));
    }
}
