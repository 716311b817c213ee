package io.infrabridge.server.service;

import io.infrabridge.contract.Risk;
import io.infrabridge.contract.Selector;
import io.infrabridge.runtime.operation.HostFacts;
import io.infrabridge.runtime.operation.HostOperation;
import io.infrabridge.runtime.operation.OperationSpec;
import io.infrabridge.runtime.operation.Outputs;
import io.infrabridge.runtime.operation.Plan;
import io.infrabridge.runtime.operation.Probed;
import io.infrabridge.runtime.operation.WaitFor;
import io.infrabridge.server.ServerManage;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Optional;

/** Restarts a service and waits until it is active again; there is no way back, and it is never done twice. */
@Singleton
final class RestartService implements HostOperation<ServiceInput, ServiceState> {
    private final ServiceManager manager = ServiceManager.usual();

    @Override
    public OperationSpec<ServiceInput, ServiceState> spec() {
        return OperationSpec.read(
                        ServerManage.TOOL,
                        "Restart a service, or start it where it is down",
                        ServiceInput.class,
                        ServiceState.class,
                        Selector.of("operation", "service"),
                        Selector.of("action", "restart"))
                .risking(Risk.CHANGE)
                .neverRepeated()
                .within(Duration.ofSeconds(180))
                .running("systemctl", "grep")
                .runningAsRoot("systemctl restart -- <unit>");
    }

    @Override
    public Plan probe(ServiceInput in, HostFacts host) {
        return Plan.of(manager.show(in.serviceName()), manager.bootTime());
    }

    @Override
    public Plan plan(ServiceInput in, HostFacts host, Probed before) {
        return Refusals.unknown(manager, before.get(0)).orElseGet(() -> {
            Unit unit = manager.unit(before.get(0));
            return Refusals.unchangeable(unit)
                    .or(() -> Refusals.masked(unit))
                    .or(() -> mustNotRestart(unit))
                    .orElseGet(() -> unit.endsByItself()
                            ? Plan.of(manager.restart(in.serviceName()))
                            : Plan.of(manager.restart(in.serviceName()), untilActive(in)));
        });
    }

    @Override
    public ServiceState parse(ServiceInput in, Outputs out) {
        return ServiceState.of(manager, out.after());
    }

    /** Sessions outlive a restart of the SSH server, but hardly anything outlives one of the bus. */
    private static Optional<Plan> mustNotRestart(Unit unit) {
        return unit.id().matches("(dbus|dbus-broker|user@.*)\\.(service|socket)|systemd-logind\\.service")
                ? Refusals.mustNotStop(unit)
                : Optional.empty();
    }

    private WaitFor untilActive(ServiceInput in) {
        return new WaitFor(
                "Wait until " + in.serviceName() + " is active",
                manager.show(in.serviceName()),
                shown -> manager.unit(shown).active(),
                Duration.ofMillis(500),
                Duration.ofSeconds(30));
    }
}
