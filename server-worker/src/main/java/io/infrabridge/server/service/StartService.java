package io.infrabridge.server.service;

import io.infrabridge.contract.Category;
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
import java.util.Optional;

/** Starts a service; its undo stops it again where it was down before. */
@Singleton
final class StartService implements HostOperation<ServiceInput, ServiceState> {
    private final ServiceManager manager = ServiceManager.usual();

    @Override
    public OperationSpec<ServiceInput, ServiceState> spec() {
        return OperationSpec.read(
                        ServerManage.TOOL,
                        "Start a service, unless it is active",
                        ServiceInput.class,
                        ServiceState.class,
                        Selector.of("operation", "service"),
                        Selector.of("action", "start"))
                .risking(Risk.CHANGE)
                .within(Duration.ofSeconds(180))
                .running("systemctl", "grep")
                .runningAsRoot("systemctl start -- <unit>", "systemctl stop -- <unit>");
    }

    @Override
    public Plan probe(ServiceInput in, HostFacts host) {
        return Plan.of(manager.show(in.serviceName()), manager.bootTime());
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
                    .or(() -> endsByItself(unit))
                    .orElseGet(() ->
                            Plan.of(manager.start(in.serviceName()).undoneBy(Undo.by(manager.stop(in.serviceName())))));
        });
    }

    @Override
    public ServiceState parse(ServiceInput in, Outputs out) {
        return ServiceState.of(manager, out.after());
    }

    private static Optional<Plan> endsByItself(Unit unit) {
        return unit.endsByItself()
                ? Optional.of(Plan.refuse(
                        Category.PRECONDITION_FAILED,
                        unit.id() + " is a task that ends by itself, so it can never be seen as started.",
                        "Use action=restart to run it once."))
                : Optional.empty();
    }
}
