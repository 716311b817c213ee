package io.infrabridge.server.service;

import io.infrabridge.runtime.operation.HostFacts;
import io.infrabridge.runtime.operation.OperationSpec;
import io.infrabridge.runtime.operation.Plan;
import io.infrabridge.runtime.operation.Probed;
import io.infrabridge.runtime.operation.Run;
import io.infrabridge.runtime.operation.Step;
import io.infrabridge.runtime.operation.Undo;
import io.infrabridge.runtime.value.ServiceName;
import io.infrabridge.server.OperationPart;
import io.infrabridge.server.Part;
import io.infrabridge.server.nixos.DeclaredPart;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * A service as a part of a server.
 *
 * @param enabled whether it is started at boot; as it is where absent
 * @param running whether it is active; as it is where absent
 */
public record ServicePart(ServiceName name, Optional<Boolean> enabled, Optional<Boolean> running) implements Part {
    private static final ServiceManager MANAGER = ServiceManager.usual();

    public static <I extends Record, O extends Record> OperationSpec<I, O> allowed(OperationSpec<I, O> spec) {
        return OperationPart.allowing(
                OperationPart.allowing(
                        OperationPart.allowing(OperationPart.allowing(spec, new EnableService()), new DisableService()),
                        new StartService()),
                new StopService());
    }

    /** A service of NixOS. */
    public static DeclaredPart declared(ServiceName name, Optional<Boolean> enabled, Optional<Boolean> running) {
        NixosServices service = new NixosServices(MANAGER, name, enabled, running);
        return new DeclaredPart(
                service.probe(),
                service::further,
                service::declaration,
                seen -> List.of(new Deviation(name.value(), service.is(seen), wanted(enabled, running))));
    }

    @Override
    public Plan probe(HostFacts host) {
        return MANAGER.looks(name);
    }

    @Override
    public Plan further(HostFacts host, Probed seen) {
        return enabled.isPresent() ? InstallSection.look(MANAGER, seen) : Plan.nothing();
    }

    @Override
    public Plan plan(HostFacts host, Probed seen, boolean moreComing) {
        return Refusals.noSystemd(seen.get(0)).orElseGet(() -> {
            Unit unit = MANAGER.unit(seen.get(0));
            if (!unit.known()) {
                return moreComing
                        ? Plan.of(blindly())
                        : Refusals.unknown(MANAGER, seen.get(0)).orElseThrow();
            }
            List<Step> steps = steps(unit);
            return steps.isEmpty() ? Plan.nothing() : refusal(unit, seen).orElseGet(() -> Plan.of(steps));
        });
    }

    @Override
    public List<Deviation> deviations(HostFacts host, Probed seen) {
        Unit unit = MANAGER.unit(seen.get(0));
        String boot = unit.unitFileState().orElse("without a file");
        String from =
                unit.known() ? words(enabled.map(wanted -> boot), running.map(wanted -> unit.activeState())) : "absent";
        return List.of(new Deviation(name.value(), from, wanted(enabled, running)));
    }

    /** Stopped first and started last: what is taken back the other way round is enabled before it is started. */
    private List<Step> steps(Unit unit) {
        List<Step> steps = new ArrayList<>();
        if (stops(unit)) {
            steps.add(MANAGER.stopUndone(unit));
        }
        if (enables(unit)) {
            steps.add(MANAGER.enable(unit.name()).undoneBy(Undo.by(MANAGER.disable(unit.name()))));
        }
        if (disables(unit)) {
            steps.add(MANAGER.disable(unit.name()).undoneBy(Undo.by(MANAGER.enable(unit.name()))));
        }
        if (starts(unit)) {
            steps.add(MANAGER.start(unit.name()).undoneBy(Undo.by(MANAGER.stop(unit.name()))));
        }
        return steps;
    }

    private Optional<Plan> refusal(Unit unit, Probed seen) {
        return Refusals.unchangeable(unit)
                .or(() -> enables(unit) || starts(unit) ? Refusals.masked(unit) : Optional.empty())
                .or(() -> disables(unit) || stops(unit) ? Refusals.mustNotStop(unit) : Optional.empty())
                .or(() -> enables(unit) || disables(unit)
                        ? InstallSection.refusal(MANAGER, unit, seen)
                        : Optional.empty())
                .or(() -> starts(unit) ? Refusals.endsByItself(unit) : Optional.empty());
    }

    private boolean enables(Unit unit) {
        return enabled.filter(wanted -> wanted && !unit.enabled()).isPresent();
    }

    private boolean disables(Unit unit) {
        return enabled.filter(wanted -> !wanted && !unit.disabled()).isPresent();
    }

    private boolean starts(Unit unit) {
        return running.filter(wanted -> wanted && !unit.active()).isPresent();
    }

    private boolean stops(Unit unit) {
        return running.filter(wanted -> !wanted && !unit.down()).isPresent();
    }

    /** For one that a package brings, in whatever state; what it was in before is that it was not there. */
    private List<Step> blindly() {
        List<Step> steps = new ArrayList<>();
        if (running.filter(wanted -> !wanted).isPresent()) {
            steps.add(MANAGER.stop(name));
        }
        enabled.ifPresent(wanted -> steps.add(
                wanted ? taken(MANAGER.enable(name), MANAGER.disable(name), Unit::enabled) : MANAGER.disable(name)));
        if (running.filter(wanted -> wanted).isPresent()) {
            steps.add(taken(MANAGER.start(name), MANAGER.stop(name), unit -> !unit.down()));
        }
        return steps;
    }

    private static Step taken(Run step, Run back, Predicate<Unit> where) {
        return step.undoneBy(Undo.difference(before -> List.of(back), (before, now) -> {
            Unit unit = MANAGER.unit(now.get(0));
            return unit.known() && where.test(unit) ? List.of(back) : List.of();
        }));
    }

    private static String wanted(Optional<Boolean> enabled, Optional<Boolean> running) {
        return words(
                enabled.map(wanted -> wanted ? "enabled" : "disabled"),
                running.map(wanted -> wanted ? "active" : "inactive"));
    }

    static String words(Optional<String> boot, Optional<String> activity) {
        return String.join(
                ", ", Stream.of(boot, activity).flatMap(Optional::stream).toList());
    }
}
