package io.infrabridge.server.firewall;

import io.infrabridge.contract.Selector;
import io.infrabridge.runtime.operation.HostFacts;
import io.infrabridge.runtime.operation.HostOperation;
import io.infrabridge.runtime.operation.OperationSpec;
import io.infrabridge.runtime.operation.Outputs;
import io.infrabridge.runtime.operation.Plan;
import io.infrabridge.server.ServerManage;
import jakarta.inject.Singleton;

/** Lists the rules of a server's firewall, whether they are in force, and what becomes of the rest. */
@Singleton
final class ListRules implements HostOperation<ListRules.Input, FirewallRules> {
    /** Made once: it has the shapes of many commands. */
    private final OperationSpec<Input, FirewallRules> spec = RuleChange.looking(OperationSpec.read(
            ServerManage.TOOL,
            "The rules of a server's firewall, whether it is active, and its default policies",
            Input.class,
            FirewallRules.class,
            Selector.of("operation", "firewall"),
            Selector.of("action", "list")));

    @Override
    public OperationSpec<Input, FirewallRules> spec() {
        return spec;
    }

    @Override
    public Plan probe(Input in, HostFacts host) {
        return Firewall.of(host).map(firewall -> Plan.of(firewall.looks())).orElseGet(() -> Firewall.unsupported(host));
    }

    @Override
    public FirewallRules parse(Input in, HostFacts host, Outputs out) {
        FirewallState state = Firewall.of(host).orElseThrow().state(out.after().outputs());
        RuleSet rules = state.now();
        return new FirewallRules(
                state.firewall(),
                state.active(),
                rules.incoming(),
                rules.outgoing(),
                state.zone(),
                rules.all(),
                rules.others(),
                state.notes());
    }

    record Input() {}
}
