package io.infrabridge.runtime.execution;

import io.infrabridge.contract.Category;
import io.infrabridge.contract.Execution;
import io.infrabridge.runtime.operation.Confirm;
import io.infrabridge.runtime.operation.HostFacts;
import io.infrabridge.runtime.operation.Output;
import io.infrabridge.runtime.operation.ReadProc;
import io.infrabridge.runtime.operation.Run;
import io.infrabridge.runtime.operation.Step;
import io.infrabridge.runtime.operation.WaitFor;
import io.smallrye.mutiny.Uni;
import java.util.Optional;

/** A host that was reached: runs allowed programs there and nothing else. */
record HostTarget(String name, HostFacts facts, HostLink link, AllowedPrograms allowed) implements Target<HostFacts> {
    @Override
    public Execution execution(boolean sudoRequired) {
        return new Execution(
                link.mode(),
                name,
                Optional.of(facts.user()),
                Optional.of(facts.distro().word()),
                sudoRequired,
                link.connectionId());
    }

    @Override
    public void check(Step step) {
        if (step instanceof ReadProc read) {
            allowed.check(read.asRun(), facts.distro());
        } else if (step instanceof Run run) {
            allowed.check(run, facts.distro());
        } else if (step instanceof WaitFor wait) {
            check(wait.look());
        } else if (step instanceof Confirm confirm) {
            allowed.check(confirm.asRun(), facts.distro());
        }
    }

    @Override
    public Uni<Output> execute(Step step, Cancellation cancellation) {
        return Uni.createFrom().deferred(() -> {
            check(step);
            if (step instanceof ReadProc read) {
                return link.read(read, cancellation);
            }
            if (step instanceof Confirm confirm) {
                return link.confirm(confirm);
            }
            if (!(step instanceof Run run)) {
                throw ExecutionFailure.before(
                        Category.UNSUPPORTED_TARGET,
                        name + " is a host; it has no API to call.",
                        "Name a cluster as the target.");
            }
            return link.run(run, facts.root(), cancellation);
        });
    }
}
