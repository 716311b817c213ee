package io.infrabridge.server.service;

import io.infrabridge.runtime.operation.Distro;
import io.infrabridge.runtime.operation.HostFacts;
import io.infrabridge.runtime.operation.HostOperation;
import io.infrabridge.runtime.operation.OperationSpec;
import io.infrabridge.runtime.operation.Outputs;
import io.infrabridge.runtime.operation.Plan;
import io.infrabridge.runtime.operation.Probed;
import io.infrabridge.runtime.operation.Step;
import io.infrabridge.runtime.operation.Undo;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Has a service no longer started at boot, but none that the host is reached by; its undo enables it again. */
@Singleton
final class DisableService implements HostOperation<ServiceAtOnce, ServiceStatus> {
    private final ServiceManager manager = ServiceManager.usual();

    @Override
    public OperationSpec<ServiceAtOnce, ServiceStatus> spec() {
        return NixosServices.allowed(ServiceChange.of(
                        "disable",
                        "Have a service no longer started at boot; does not stop it unless now is true",
                        ServiceAtOnce.class)
                .runningAsRoot(
                        "systemctl disable -- <unit>",
                        "systemctl enable -- <unit>",
                        "systemctl stop -- <unit>",
                        "systemctl start -- <unit>"));
    }

    @Override
    public Plan probe(ServiceAtOnce in, HostFacts host) {
        return host.distro() == Distro.NIXOS ? declared(in).probe() : manager.looks(in.serviceName());
    }

    @Override
    public Plan further(ServiceAtOnce in, HostFacts host, Probed seen) {
        return host.distro() == Distro.NIXOS ? declared(in).further(seen) : InstallSection.look(manager, seen);
    }

    @Override
    public Plan plan(ServiceAtOnce in, HostFacts host, Probed before) {
        if (host.distro() == Distro.NIXOS) {
            return declared(in).plan(before);
        }
        return Refusals.unknown(manager, before.get(0)).orElseGet(() -> {
            Unit unit = manager.unit(before.get(0));
            boolean disables = !unit.disabled();
            boolean stops = in.atOnce() && !unit.down();
            if (!disables && !stops) {
                return Plan.nothing();
            }
            return Refusals.unchangeable(unit)
                    .or(() -> Refusals.mustNotStop(unit))
                    .or(() -> disables ? InstallSection.refusal(manager, unit, before) : Optional.empty())
                    .orElseGet(() -> Plan.of(steps(unit, disables, stops)));
        });
    }

    @Override
    public ServiceStatus parse(ServiceAtOnce in, Outputs out) {
        return ServiceStatus.of(manager, out.after());
    }

    /** Stopped first: what is taken back the other way round is enabled before it is started. */
    private List<Step> steps(Unit unit, boolean disables, boolean stops) {
        List<Step> steps = new ArrayList<>();
        if (stops) {
            steps.add(manager.stopUndone(unit));
        }
        if (disables) {
            steps.add(manager.disable(unit.name()).undoneBy(Undo.by(manager.enable(unit.name()))));
        }
        return steps;
    }

    private NixosServices declared(ServiceAtOnce in) {
        return NixosServices.of(manager, in, false);
    }
}
