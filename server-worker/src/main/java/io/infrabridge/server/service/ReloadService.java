package io.infrabridge.server.service;

import io.infrabridge.contract.Category;
import io.infrabridge.runtime.operation.HostFacts;
import io.infrabridge.runtime.operation.HostOperation;
import io.infrabridge.runtime.operation.OperationSpec;
import io.infrabridge.runtime.operation.Outputs;
import io.infrabridge.runtime.operation.Plan;
import io.infrabridge.runtime.operation.Probed;
import jakarta.inject.Singleton;
import java.util.Optional;

/**
 * Has a running service read its configuration again, and waits until it is active. Nothing on the host tells whether it has done
 * so, therefore it is never done twice; there is no way back.
 */
@Singleton
final class ReloadService implements HostOperation<ServiceInput, ServiceStatus> {
    private final ServiceManager manager = ServiceManager.usual();

    @Override
    public OperationSpec<ServiceInput, ServiceStatus> spec() {
        return ServiceChange.of("reload", "Have a running service read its configuration again", ServiceInput.class)
                .neverRepeated()
                .runningAsRoot("systemctl reload -- <unit>");
    }

    @Override
    public Plan probe(ServiceInput in, HostFacts host) {
        return manager.looks(in.serviceName());
    }

    @Override
    public Plan plan(ServiceInput in, HostFacts host, Probed before) {
        return Refusals.unknown(manager, before.get(0)).orElseGet(() -> {
            Unit unit = manager.unit(before.get(0));
            return Refusals.unchangeable(unit)
                    .or(() -> notRunning(unit))
                    .or(() -> cannotReload(unit))
                    .orElseGet(() -> Plan.of(manager.reload(unit.name()), manager.untilActive(unit.name())));
        });
    }

    @Override
    public ServiceStatus parse(ServiceInput in, Outputs out) {
        return ServiceStatus.of(manager, out.after());
    }

    private static Optional<Plan> notRunning(Unit unit) {
        return unit.active()
                ? Optional.empty()
                : Optional.of(Plan.refuse(
                        Category.PRECONDITION_FAILED,
                        unit.id() + " is " + unit.activeState() + ", so there is nothing to reload.",
                        "Start it (action=start): it reads its configuration then."));
    }

    private static Optional<Plan> cannotReload(Unit unit) {
        return unit.reloadable()
                ? Optional.empty()
                : Optional.of(Plan.refuse(
                        Category.PRECONDITION_FAILED,
                        unit.id() + " does not know how to reload.",
                        "Restart it (action=restart), which interrupts it."));
    }
}
