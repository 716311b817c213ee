package io.infrabridge.server.service;

import io.infrabridge.contract.Risk;
import io.infrabridge.contract.Selector;
import io.infrabridge.runtime.operation.HostFacts;
import io.infrabridge.runtime.operation.HostOperation;
import io.infrabridge.runtime.operation.OperationSpec;
import io.infrabridge.runtime.operation.Outputs;
import io.infrabridge.runtime.operation.Plan;
import io.infrabridge.runtime.operation.Probed;
import io.infrabridge.runtime.operation.Undo;
import io.infrabridge.server.ServerManage;
import jakarta.inject.Singleton;
import java.time.Duration;

/** Stops a service, but none that the host is reached by; its undo starts it again where it was active before. */
@Singleton
final class StopService implements HostOperation<ServiceInput, ServiceState> {
    private final ServiceManager manager = ServiceManager.usual();

    @Override
    public OperationSpec<ServiceInput, ServiceState> spec() {
        return OperationSpec.read(
                        ServerManage.TOOL,
                        "Stop a service, unless it is down",
                        ServiceInput.class,
                        ServiceState.class,
                        Selector.of("operation", "service"),
                        Selector.of("action", "stop"))
                .risking(Risk.CHANGE)
                .within(Duration.ofSeconds(180))
                .running("systemctl", "grep")
                .runningAsRoot("systemctl stop -- <unit>", "systemctl start -- <unit>");
    }

    @Override
    public Plan probe(ServiceInput in, HostFacts host) {
        return Plan.of(manager.show(in.serviceName()), manager.bootTime());
    }

    @Override
    public Plan plan(ServiceInput in, HostFacts host, Probed before) {
        return Refusals.unknown(manager, before.get(0)).orElseGet(() -> {
            Unit unit = manager.unit(before.get(0));
            if (unit.down()) {
                return Plan.nothing();
            }
            Undo undo = unit.active() ? Undo.by(manager.start(in.serviceName())) : Undo.none();
            return Refusals.unchangeable(unit)
                    .or(() -> Refusals.mustNotStop(unit))
                    .orElseGet(() -> Plan.of(manager.stop(in.serviceName()).undoneBy(undo)));
        });
    }

    @Override
    public ServiceState parse(ServiceInput in, Outputs out) {
        return ServiceState.of(manager, out.after());
    }
}
