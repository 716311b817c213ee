package io.infrabridge.server.service;

import io.infrabridge.runtime.operation.HostFacts;
import io.infrabridge.runtime.operation.HostOperation;
import io.infrabridge.runtime.operation.OperationSpec;
import io.infrabridge.runtime.operation.Outputs;
import io.infrabridge.runtime.operation.Plan;
import io.infrabridge.runtime.operation.Probed;
import jakarta.inject.Singleton;

/** Stops a service, but none that the host is reached by; its undo starts it again where it was active before. */
@Singleton
final class StopService implements HostOperation<ServiceInput, ServiceStatus> {
    private final ServiceManager manager = ServiceManager.usual();

    @Override
    public OperationSpec<ServiceInput, ServiceStatus> spec() {
        return ServiceChange.of("stop", "Stop a service, unless it is down", ServiceInput.class)
                .runningAsRoot(
                        "systemctl stop -- <unit>",
                        "systemctl start -- <unit>",
                        "systemctl unmask -- <unit>",
                        "systemctl mask -- <unit>");
    }

    @Override
    public Plan probe(ServiceInput in, HostFacts host) {
        return manager.looks(in.serviceName());
    }

    @Override
    public Plan plan(ServiceInput in, HostFacts host, Probed before) {
        return Refusals.unknown(manager, before.get(0)).orElseGet(() -> {
            Unit unit = manager.unit(before.get(0));
            if (unit.down()) {
                return Plan.nothing();
            }
            return Refusals.unchangeable(unit)
                    .or(() -> Refusals.mustNotStop(unit))
                    .orElseGet(() -> Plan.of(manager.stopUndone(unit)));
        });
    }

    @Override
    public ServiceStatus parse(ServiceInput in, Outputs out) {
        return ServiceStatus.of(manager, out.after());
    }
}
