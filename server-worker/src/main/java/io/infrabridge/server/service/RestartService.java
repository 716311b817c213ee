package io.infrabridge.server.service;

import io.infrabridge.runtime.operation.HostFacts;
import io.infrabridge.runtime.operation.HostOperation;
import io.infrabridge.runtime.operation.OperationSpec;
import io.infrabridge.runtime.operation.Outputs;
import io.infrabridge.runtime.operation.Plan;
import io.infrabridge.runtime.operation.Probed;
import jakarta.inject.Singleton;
import java.util.Optional;

/** Restarts a service and waits until it is active again; there is no way back, and it is never done twice. */
@Singleton
final class RestartService implements HostOperation<ServiceInput, ServiceStatus> {
    private final ServiceManager manager = ServiceManager.usual();

    @Override
    public OperationSpec<ServiceInput, ServiceStatus> spec() {
        return ServiceChange.of("restart", "Restart a service, or start it where it is down", ServiceInput.class)
                .neverRepeated()
                .runningAsRoot("systemctl restart -- <unit>");
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
                    .or(() -> Refusals.masked(unit))
                    .or(() -> mustNotRestart(unit))
                    .orElseGet(() -> unit.endsByItself()
                            ? Plan.of(manager.restart(unit.name()))
                            : Plan.of(manager.restart(unit.name()), manager.untilActive(unit.name())));
        });
    }

    @Override
    public ServiceStatus parse(ServiceInput in, Outputs out) {
        return ServiceStatus.of(manager, out.after());
    }

    /** Sessions outlive a restart of the SSH server, but hardly anything outlives one of the bus. */
    private static Optional<Plan> mustNotRestart(Unit unit) {
        return unit.id().matches("(dbus|dbus-broker|user@.*)\\.(service|socket)|systemd-logind\\.service")
                ? Refusals.mustNotStop(unit)
                : Optional.empty();
    }
}
