package io.infrabridge.server.service;

import io.infrabridge.contract.Selector;
import io.infrabridge.runtime.operation.HostFacts;
import io.infrabridge.runtime.operation.HostOperation;
import io.infrabridge.runtime.operation.OperationSpec;
import io.infrabridge.runtime.operation.Outputs;
import io.infrabridge.runtime.operation.Plan;
import io.infrabridge.runtime.operation.Probed;
import io.infrabridge.server.ServerManage;
import jakarta.inject.Singleton;

/** Says how a service is; refuses one that the host does not know. */
@Singleton
final class ShowService implements HostOperation<ServiceInput, ServiceState> {
    private final ServiceManager manager = ServiceManager.usual();

    @Override
    public OperationSpec<ServiceInput, ServiceState> spec() {
        return OperationSpec.read(
                        ServerManage.TOOL,
                        "The state of a service",
                        ServiceInput.class,
                        ServiceState.class,
                        Selector.of("operation", "service"),
                        Selector.of("action", "status"))
                .running("systemctl", "grep");
    }

    @Override
    public Plan probe(ServiceInput in, HostFacts host) {
        return Plan.of(manager.show(in.serviceName()), manager.bootTime());
    }

    @Override
    public Plan plan(ServiceInput in, HostFacts host, Probed before) {
        return Refusals.unknown(manager, before.get(0)).orElse(Plan.nothing());
    }

    @Override
    public ServiceState parse(ServiceInput in, Outputs out) {
        return ServiceState.of(manager, out.after());
    }
}
