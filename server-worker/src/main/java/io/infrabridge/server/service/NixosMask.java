package io.infrabridge.server.service;

import io.infrabridge.contract.Category;
import io.infrabridge.runtime.operation.OperationSpec;
import io.infrabridge.runtime.operation.Plan;
import io.infrabridge.runtime.operation.Probed;
import io.infrabridge.runtime.operation.Step;
import io.infrabridge.runtime.value.ServiceName;
import io.infrabridge.server.nixos.Declared;
import io.infrabridge.server.nixos.NixosHost;
import io.infrabridge.server.nixos.Rebuild;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Services of NixOS that nothing may start: declared by {@code systemd.services.NAME.enable = false}, of which NixOS makes a link to
 * /dev/null. The switch stops what is masked so, and starts what is started at boot and no longer masked.
 */
record NixosMask(ServiceManager manager, ServiceName service) {
    /** After the service manager's own looks. */
    private static final int HOST = 2;

    static <I extends Record, O extends Record> OperationSpec<I, O> allowed(OperationSpec<I, O> spec) {
        return Rebuild.allowed(spec).within(Duration.ofMinutes(30));
    }

    Plan probe() {
        List<Step> steps = new ArrayList<>(manager.looks(service).steps());
        steps.addAll(NixosHost.looks());
        return Plan.of(steps);
    }

    /** @param now whether it is stopped where it is masked already, too */
    Plan mask(Probed before, boolean now) {
        return Refusals.unknown(manager, before.get(0)).orElseGet(() -> {
            Unit unit = manager.unit(before.get(0));
            boolean stops = now && !unit.down();
            if (unit.masked() && !stops) {
                return Plan.nothing();
            }
            return Refusals.unchangeable(unit)
                    .or(() -> Refusals.mustNotStop(unit))
                    .orElseGet(() -> NixosServices.name(unit)
                            .map(name -> masking(unit, name, stops, NixosHost.seen(before, HOST)))
                            .orElseGet(() -> NixosServices.undeclarable(unit)));
        });
    }

    Plan unmask(Probed before) {
        return Refusals.noSystemd(before.get(0)).orElseGet(() -> {
            Unit unit = manager.unit(before.get(0));
            NixosHost host = NixosHost.seen(before, HOST);
            Declared declared = host.declared();
            Optional<String> ours = NixosServices.name(unit).filter(declared.masked()::contains);
            if (ours.isPresent()) {
                return Rebuild.to(declared.withoutMask(ours.get()), host, HOST, (then, now) -> List.of());
            }
            return unit.masked() ? byOthers(unit) : Plan.nothing();
        });
    }

    private Plan masking(Unit unit, String name, boolean stops, NixosHost host) {
        Declared wanted = host.declared().withMask(name);
        Plan built = unit.masked() ? Plan.nothing() : Rebuild.to(wanted, host, HOST, this::startedAgain);
        if (built.refusal().isPresent()) {
            return built;
        }
        if (!unit.masked() && built.steps().isEmpty()) {
            return Plan.refuse(
                    Category.PRECONDITION_FAILED,
                    unit.id() + " is declared to be masked, but the host's own configuration is stronger.",
                    "Look for mkForce in the configuration of the host.");
        }
        List<Step> steps = new ArrayList<>();
        if (stops) {
            steps.add(manager.stopUndone(unit));
        }
        steps.addAll(built.steps());
        return Plan.of(steps);
    }

    /** A rollback starts only what is started at boot. */
    private List<Step> startedAgain(Probed then, Probed now) {
        Unit before = manager.unit(then.get(0));
        return before.active() && !manager.unit(now.get(0)).active()
                ? List.of(manager.start(before.name()))
                : List.of();
    }

    private static Plan byOthers(Unit unit) {
        return Plan.refuse(
                Category.PRECONDITION_FAILED,
                unit.id() + " is masked by the host's own configuration, or until the next boot.",
                "Only what was masked by action=mask is unmasked; look for systemd.services and enable = false on the host.");
    }
}
