package io.infrabridge.server.provision;

import io.infrabridge.contract.Selector;
import io.infrabridge.runtime.operation.HostFacts;
import io.infrabridge.runtime.operation.HostOperation;
import io.infrabridge.runtime.operation.OperationSpec;
import io.infrabridge.runtime.operation.Outputs;
import io.infrabridge.runtime.operation.Plan;
import io.infrabridge.runtime.operation.Probed;
import io.infrabridge.server.ServerManage;
import jakarta.inject.Singleton;

/** Says how a server differs from what it shall be, and refuses what {@link ApplyProvision} would refuse. */
@Singleton
final class PlanProvision implements HostOperation<ProvisionInput, Provision> {
    private final Wanted wanted;
    /** Made once: it has the shapes of all sections' commands. */
    private final OperationSpec<ProvisionInput, Provision> spec;

    PlanProvision(ProvisionSettings settings) {
        wanted = new Wanted(settings.allowedRoots());
        spec = wanted.allowed(OperationSpec.read(
                ServerManage.TOOL,
                "How a server differs from a configuration: packages, users, files, services …",
                ProvisionInput.class,
                Provision.class,
                Selector.of("operation", "provision"),
                Selector.of("action", "plan")));
    }

    @Override
    public OperationSpec<ProvisionInput, Provision> spec() {
        return spec;
    }

    @Override
    public Plan probe(ProvisionInput in, HostFacts host) {
        return wanted.probe(in, host);
    }

    @Override
    public Plan further(ProvisionInput in, HostFacts host, Probed seen) {
        return wanted.sections(in, host).further(seen);
    }

    @Override
    public Plan plan(ProvisionInput in, HostFacts host, Probed before) {
        Plan needed = wanted.sections(in, host).plan(before);
        return needed.refusal().isPresent() ? needed : Plan.nothing();
    }

    @Override
    public Provision parse(ProvisionInput in, HostFacts host, Outputs out) {
        return Provision.of(wanted.sections(in, host).changes(out.before()));
    }
}
