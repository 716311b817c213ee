package io.infrabridge.server.service;

import io.infrabridge.contract.Category;
import io.infrabridge.runtime.operation.Distro;
import io.infrabridge.runtime.operation.HostFacts;
import io.infrabridge.runtime.operation.HostOperation;
import io.infrabridge.runtime.operation.OperationSpec;
import io.infrabridge.runtime.operation.Outputs;
import io.infrabridge.runtime.operation.Plan;
import io.infrabridge.runtime.operation.Probed;
import io.infrabridge.runtime.operation.Undo;
import jakarta.inject.Singleton;
import java.util.Optional;

/**
 * Lets a service be started again that someone has forbidden to start; its undo masks it. A service that is not there any more
 * may be unmasked, and then is unknown: nothing is left to do with it.
 */
@Singleton
final class UnmaskService implements HostOperation<ServiceInput, ServiceStatus> {
    private final ServiceManager manager = ServiceManager.usual();

    @Override
    public OperationSpec<ServiceInput, ServiceStatus> spec() {
        return NixosMask.allowed(ServiceChange.of(
                        "unmask",
                        "Let a masked service be started again; neither starts nor enables it, but on NixOS starts it where it is"
                                + " enabled",
                        ServiceInput.class)
                .runningAsRoot("systemctl unmask -- <unit>", "systemctl mask -- <unit>"));
    }

    @Override
    public Plan probe(ServiceInput in, HostFacts host) {
        return host.distro() == Distro.NIXOS ? declared(in).probe() : manager.looks(in.serviceName());
    }

    @Override
    public Plan plan(ServiceInput in, HostFacts host, Probed before) {
        if (host.distro() == Distro.NIXOS) {
            return declared(in).unmask(before);
        }
        return Refusals.noSystemd(before.get(0)).orElseGet(() -> {
            Unit unit = manager.unit(before.get(0));
            if (!unit.masked()) {
                return Plan.nothing();
            }
            return Refusals.unchangeable(unit)
                    .or(() -> byOthers(unit))
                    .orElseGet(() -> Plan.of(manager.unmask(unit.name()).undoneBy(Undo.by(manager.mask(unit.name())))));
        });
    }

    @Override
    public ServiceStatus parse(ServiceInput in, Outputs out) {
        return ServiceStatus.of(manager, out.after());
    }

    private NixosMask declared(ServiceInput in) {
        return new NixosMask(manager, in.serviceName());
    }

    /** A mask that the distribution brings, or one that is gone at the next boot, is not in this place. */
    private static Optional<Plan> byOthers(Unit unit) {
        return unit.maskedByAdministrator()
                ? Optional.empty()
                : Optional.of(Plan.refuse(
                        Category.PRECONDITION_FAILED,
                        unit.id() + " is masked in " + unit.unitFile().orElse("no file")
                                + ", by the distribution or until the next boot.",
                        "Only a mask of the administrator, in /etc/systemd/system, is taken away."));
    }
}
