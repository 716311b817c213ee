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

/** Has a service started at boot, and now where that is asked for; its undo disables it, and stops what it started. */
@Singleton
final class EnableService implements HostOperation<ServiceAtOnce, ServiceStatus> {
    private final ServiceManager manager = ServiceManager.usual();

    @Override
    public OperationSpec<ServiceAtOnce, ServiceStatus> spec() {
        return NixosServices.allowed(ServiceChange.of(
                        "enable",
                        "Have a service started at boot; does not start it unless now is true",
                        ServiceAtOnce.class)
                .runningAsRoot(
                        "systemctl enable -- <unit>",
                        "systemctl disable -- <unit>",
                        "systemctl start -- <unit>",
                        "systemctl stop -- <unit>"));
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
            boolean enables = !unit.enabled();
            boolean starts = in.atOnce() && !unit.active();
            if (!enables && !starts) {
                return Plan.nothing();
            }
            return Refusals.unchangeable(unit)
                    .or(() -> Refusals.masked(unit))
                    .or(() -> enables ? InstallSection.refusal(manager, unit, before) : Optional.empty())
                    .or(() -> starts ? Refusals.endsByItself(unit) : Optional.empty())
                    .orElseGet(() -> Plan.of(steps(unit, enables, starts)));
        });
    }

    @Override
    public ServiceStatus parse(ServiceAtOnce in, Outputs out) {
        return ServiceStatus.of(manager, out.after());
    }

    private List<Step> steps(Unit unit, boolean enables, boolean starts) {
        List<Step> steps = new ArrayList<>();
        if (enables) {
            steps.add(manager.enable(unit.name()).undoneBy(Undo.by(manager.disable(unit.name()))));
        }
        if (starts) {
            steps.add(manager.start(unit.name()).undoneBy(Undo.by(manager.stop(unit.name()))));
        }
        return steps;
    }

    private NixosServices declared(ServiceAtOnce in) {
        return NixosServices.of(manager, in, true);
    }
}
