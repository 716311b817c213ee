package io.infrabridge.server.firewall;

import io.infrabridge.contract.Risk;
import io.infrabridge.contract.Selector;
import io.infrabridge.runtime.operation.HostFacts;
import io.infrabridge.runtime.operation.HostOperation;
import io.infrabridge.runtime.operation.OperationSpec;
import io.infrabridge.runtime.operation.Outputs;
import io.infrabridge.runtime.operation.Plan;
import io.infrabridge.runtime.operation.Probed;
import io.infrabridge.server.ServerManage;
import jakarta.inject.Singleton;

/** Removes a rule from a server's firewall, whatever its comment. */
@Singleton
final class RemoveRule implements HostOperation<RuleInput, RuleOutcome> {
    /** Made once: it has the shapes of many commands. */
    private final OperationSpec<RuleInput, RuleOutcome> spec = RuleChange.changing(OperationSpec.read(
                    ServerManage.TOOL,
                    "Remove a rule from a server's firewall; one by which the host is reached is kept, and the host takes the removal back unless it can still be reached",
                    RuleInput.class,
                    RuleOutcome.class,
                    Selector.of("operation", "firewall"),
                    Selector.of("action", "remove_rule"))
            .risking(Risk.CHANGE)
            .within(RuleChange.USUAL));

    @Override
    public OperationSpec<RuleInput, RuleOutcome> spec() {
        return spec;
    }

    @Override
    public Plan probe(RuleInput in, HostFacts host) {
        return RuleChange.probe(in, host);
    }

    @Override
    public Plan plan(RuleInput in, HostFacts host, Probed before) {
        return RuleChange.plan(in, host, false, before);
    }

    @Override
    public RuleOutcome parse(RuleInput in, HostFacts host, Outputs out) {
        return RuleChange.outcome(in, host, out.after());
    }
}
