package io.infrabridge.server.service;

import io.infrabridge.runtime.operation.HostFacts;
import io.infrabridge.runtime.operation.HostOperation;
import io.infrabridge.runtime.operation.OperationSpec;
import io.infrabridge.runtime.operation.Outputs;
import io.infrabridge.runtime.operation.Plan;
import io.infrabridge.runtime.operation.Probed;
import io.infrabridge.runtime.operation.Undo;
import jakarta.inject.Singleton;

/** Starts a service; its undo stops it again where it was down before. */
@Singleton
final class StartService implements HostOperation<ServiceInput, ServiceStatus> {
    private final ServiceManager manager = ServiceManager.usual();

    @Override
    public OperationSpec<ServiceInput, ServiceStatus> spec() {
        return ServiceChange.of("start", "Start a service, unless it is active", ServiceInput.class)
                .runningAsRoot("systemctl start -- <unit>", "systemctl stop -- <unit>");
    }

    @Override
    public Plan probe(ServiceInput in, HostFacts host) {
        return manager.looks(in.serviceName());
    }

    @Override
    public Plan plan(ServiceInput in, HostFacts host, Probed before) {
        return Refusals.unknown(manager, before.get(0)).orElseGet(() -> {
            Unit unit = manager.unit(before.get(0));
            if (unit.active()) {
                return Plan.nothing();
            }
            return Refusals.unchangeable(unit)
                    .or(() -> Refusals.masked(unit))
                    .or(() -> Refusals.endsByItself(unit))
                    .orElseGet(() -> Plan.of(manager.start(unit.name()).undoneBy(Undo.by(manager.stop(unit.name())))));
        });
    }

    @Override
    public ServiceStatus parse(ServiceInput in, Outputs out) {
        return ServiceStatus.of(manager, out.after());
    }
}
