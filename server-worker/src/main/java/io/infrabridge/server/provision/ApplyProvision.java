package io.infrabridge.server.provision;

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
import java.time.Duration;

/**
 * Brings a server to what it shall be, section by section; where a step fails, all that were started are taken back, the last one
 * first. It says what it has changed.
 */
@Singleton
final class ApplyProvision implements HostOperation<ProvisionInput, Provision> {
    private final Wanted wanted;
    /** Made once: it has the shapes of all sections' commands. */
    private final OperationSpec<ProvisionInput, Provision> spec;

    ApplyProvision(ProvisionSettings settings) {
        wanted = new Wanted(settings.allowedRoots());
        spec = wanted.allowed(OperationSpec.read(
                        ServerManage.TOOL,
                        "Bring a server to a configuration: packages, users, files, services …",
                        ProvisionInput.class,
                        Provision.class,
                        Selector.of("operation", "provision"),
                        Selector.of("action", "apply"))
                .risking(Risk.CHANGE)
                .within(Duration.ofMinutes(60)));
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
        return wanted.sections(in, host).plan(before);
    }

    @Override
    public Provision parse(ProvisionInput in, HostFacts host, Outputs out) {
        return Provision.of(wanted.sections(in, host).changes(out.before()));
    }
}
