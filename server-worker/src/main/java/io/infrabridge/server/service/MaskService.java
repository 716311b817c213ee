package io.infrabridge.server.service;

import io.infrabridge.contract.Category;
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
import java.util.regex.Pattern;

/** Forbids that anything starts a service, but none that the host is reached by; its undo unmasks it. */
@Singleton
final class MaskService implements HostOperation<ServiceAtOnce, ServiceStatus> {
    /** A mask is a link in the place of such a file. */
    private static final Pattern IN_THE_PLACE = Pattern.compile("/etc/systemd/system/[^/]+");

    private final ServiceManager manager = ServiceManager.usual();

    @Override
    public OperationSpec<ServiceAtOnce, ServiceStatus> spec() {
        return NixosMask.allowed(ServiceChange.of(
                        "mask",
                        "Forbid that anything starts a service; does not stop it unless now is true, but on NixOS, where it always does",
                        ServiceAtOnce.class)
                .runningAsRoot(
                        "systemctl mask -- <unit>",
                        "systemctl unmask -- <unit>",
                        "systemctl stop -- <unit>",
                        "systemctl start -- <unit>"));
    }

    @Override
    public Plan probe(ServiceAtOnce in, HostFacts host) {
        return host.distro() == Distro.NIXOS ? declared(in).probe() : manager.looks(in.serviceName());
    }

    @Override
    public Plan plan(ServiceAtOnce in, HostFacts host, Probed before) {
        if (host.distro() == Distro.NIXOS) {
            return declared(in).mask(before, in.atOnce());
        }
        return Refusals.unknown(manager, before.get(0)).orElseGet(() -> {
            Unit unit = manager.unit(before.get(0));
            boolean masks = !unit.masked();
            boolean stops = in.atOnce() && !unit.down();
            if (!masks && !stops) {
                return Plan.nothing();
            }
            return Refusals.unchangeable(unit)
                    .or(() -> Refusals.mustNotStop(unit))
                    .or(() -> masks ? occupied(unit) : Optional.empty())
                    .orElseGet(() -> Plan.of(steps(unit, masks, stops)));
        });
    }

    @Override
    public ServiceStatus parse(ServiceAtOnce in, Outputs out) {
        return ServiceStatus.of(manager, out.after());
    }

    private NixosMask declared(ServiceAtOnce in) {
        return new NixosMask(manager, in.serviceName());
    }

    private static Optional<Plan> occupied(Unit unit) {
        if (unit.unitFileState().filter("transient"::equals).isPresent()) {
            return Optional.of(Plan.refuse(
                    Category.PRECONDITION_FAILED,
                    unit.id() + " is transient: it is gone when it is stopped.",
                    "Stop it (action=stop)."));
        }
        return unit.unitFile()
                .filter(file -> IN_THE_PLACE.matcher(file).matches())
                .map(file -> Plan.refuse(
                        Category.PRECONDITION_FAILED,
                        unit.id() + " cannot be masked: its own file " + file + " lies where the mask would be.",
                        "Disable it (action=disable, now=true), or move the file on the host first."));
    }

    /** Stopped first: what is taken back the other way round is unmasked before it is started. */
    private List<Step> steps(Unit unit, boolean masks, boolean stops) {
        List<Step> steps = new ArrayList<>();
        if (stops) {
            steps.add(manager.stopUndone(unit));
        }
        if (masks) {
            steps.add(manager.mask(unit.name()).undoneBy(Undo.by(manager.unmask(unit.name()))));
        }
        return steps;
    }
}
