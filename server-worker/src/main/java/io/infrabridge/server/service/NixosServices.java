package io.infrabridge.server.service;

import io.infrabridge.contract.Category;
import io.infrabridge.runtime.operation.Distro;
import io.infrabridge.runtime.operation.OperationSpec;
import io.infrabridge.runtime.operation.Plan;
import io.infrabridge.runtime.operation.Probed;
import io.infrabridge.runtime.operation.Run;
import io.infrabridge.runtime.operation.Step;
import io.infrabridge.runtime.value.ServiceName;
import io.infrabridge.server.nixos.Declaration;
import io.infrabridge.server.nixos.Declared;
import io.infrabridge.server.nixos.NixosHost;
import io.infrabridge.server.nixos.Rebuild;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A service of NixOS. Whether it is started at boot is declared and built, not enabled: a unit that is there is wanted by
 * {@code multi-user.target} or not; where there is none, the option {@code services.NAME.enable} makes one. What is built is started
 * at once, as NixOS does.
 *
 * @param enabled whether it is started at boot; as it is where absent
 * @param running whether it is active; as NixOS leaves it where absent
 */
record NixosServices(
        ServiceManager manager, ServiceName service, Optional<Boolean> enabled, Optional<Boolean> running) {
    /** After the service manager's own looks: who wants the unit, then the host, then whether there is an option. */
    private static final int WANTED = 2;

    private static final int HOST = 3;
    private static final int OPTION = HOST + NixosHost.LOOKS;
    private static final String SERVICE = ".service";

    static <I extends Record, O extends Record> OperationSpec<I, O> allowed(OperationSpec<I, O> spec) {
        return Rebuild.allowed(spec.runningOn(Distro.NIXOS, ServiceOption.PROGRAM))
                .within(Duration.ofMinutes(30));
    }

    /** What an action on what happens at boot wants of it. */
    static NixosServices of(ServiceManager manager, ServiceAtOnce in, boolean enabled) {
        return new NixosServices(
                manager, in.serviceName(), Optional.of(enabled), in.atOnce() ? Optional.of(enabled) : Optional.empty());
    }

    Plan probe() {
        List<Step> steps = new ArrayList<>(manager.looks(service).steps());
        steps.add(Run.of(
                        "Look what starts it",
                        "systemctl",
                        "show",
                        "--property=WantedBy,RequiredBy",
                        "--",
                        service.value())
                .accepting(0, 1));
        steps.addAll(NixosHost.looks());
        return Plan.of(steps);
    }

    /** A service that systemd does not know may be one that NixOS has a module for. */
    Plan further(Probed seen) {
        if (seen.size() != OPTION
                || enabled.isEmpty()
                || Refusals.noSystemd(seen.get(0)).isPresent()) {
            return Plan.nothing();
        }
        Unit unit = manager.unit(seen.get(0));
        return unit.known()
                ? Plan.nothing()
                : name(unit).flatMap(ServiceOption::ask).map(Plan::of).orElse(Plan.nothing());
    }

    Plan plan(Probed before) {
        return declaration(before).plan(NixosHost.seen(before, HOST), HOST);
    }

    Declaration declaration(Probed before) {
        Optional<Plan> none = Refusals.noSystemd(before.get(0));
        if (none.isPresent()) {
            return Declaration.refused(none.get());
        }
        Unit unit = manager.unit(before.get(0));
        Declaration boot = atBoot(unit, before).takingBack(this::stopped);
        boolean builds = boot.builds(NixosHost.seen(before, HOST));
        ServiceSteps steps = new ServiceSteps(manager, unit, running, enabled.orElse(started(before)));
        if (boot.refusal().isPresent() || !builds && steps.none()) {
            return boot;
        }
        return steps.refusal(builds ? enabled : Optional.empty())
                .map(Declaration::refused)
                .orElseGet(() -> boot.around(steps.around()).keeping(steps.kept()));
    }

    /** How it is seen to be, in words. */
    String is(Probed seen) {
        Unit unit = manager.unit(seen.get(0));
        return unit.known()
                ? ServicePart.words(
                        enabled.map(wanted -> started(seen) ? "enabled" : "disabled"),
                        running.map(wanted -> unit.activeState()))
                : "absent";
    }

    private Declaration atBoot(Unit unit, Probed before) {
        if (enabled.isEmpty()) {
            return unit.known() ? Declaration.nothing() : Declaration.refused(unknown(unit));
        }
        return name(unit)
                .map(name -> atBoot(unit, name, enabled.get(), before))
                .orElseGet(() -> Declaration.refused(undeclarable(unit)));
    }

    private Declaration atBoot(Unit unit, String name, boolean wanted, Probed before) {
        NixosHost host = NixosHost.seen(before, HOST);
        Declared declared = host.declared();
        boolean ofOption = declared.services().containsKey(name);
        if (ofOption && !wanted && running.orElse(false)) {
            return Declaration.refused(goes(unit, name));
        }
        if (ofOption || !unit.known() && wanted && hasOption(before)) {
            return Declaration.of(now -> now.withService(name, wanted));
        }
        if (!unit.known()) {
            return Declaration.refused(unknown(unit));
        }
        Declaration declaration = Declaration.of(now -> now.withUnit(name, wanted));
        if (!declared.units().containsKey(name)) {
            return started(before) == wanted ? Declaration.nothing() : declaration;
        }
        return declaration.builds(host) || started(before) == wanted
                ? declaration
                : Declaration.refused(stronger(unit, wanted));
    }

    /** A rollback lets run what the new system has started, unless its unit has gone with it, and starts what it wants. */
    private List<Step> stopped(Probed then, Probed now) {
        Unit before = manager.unit(then.get(0));
        boolean runs = started(then) || !manager.unit(now.get(0)).down();
        return before.known() && before.down() && runs ? List.of(manager.stop(before.name())) : List.of();
    }

    private static boolean started(Probed seen) {
        return seen.get(WANTED).lines().stream().anyMatch(line -> line.matches("(WantedBy|RequiredBy)=\\S.{0,10000}"));
    }

    private static boolean hasOption(Probed before) {
        return before.size() > OPTION && ServiceOption.there(before.get(OPTION));
    }

    private static Plan goes(Unit unit, String name) {
        return Plan.refuse(
                Category.INVALID_ARGUMENT,
                unit.id() + " is there by services." + name + ".enable alone, so that it cannot run without it.",
                "Leave out running, or let it be enabled.");
    }

    private static Plan stronger(Unit unit, boolean wanted) {
        return Plan.refuse(
                Category.PRECONDITION_FAILED,
                unit.id() + " is declared " + (wanted ? "to be started" : "not to be started")
                        + " at boot, but the host's own configuration is stronger.",
                "Look for mkForce in the configuration of the host.");
    }

    private static Plan unknown(Unit unit) {
        return Plan.refuse(
                Category.NOT_FOUND,
                "There is no service " + unit.id() + " on the host, and none that can be declared by its name alone.",
                "On NixOS a package brings no service: enable one that NixOS has an option services.NAME.enable for, or"
                        + " declare it in the configuration of the host.");
    }

    static Plan undeclarable(Unit unit) {
        return Plan.refuse(
                Category.UNSUPPORTED_TARGET,
                unit.id() + " cannot be declared: on NixOS that is done for plain services only.",
                "Declare it in the configuration of the host; start and stop work as elsewhere.");
    }

    /** Instances of templates are made by other units, not by declarations. */
    static Optional<String> name(Unit unit) {
        return unit.id().endsWith(SERVICE) && !unit.id().contains("@")
                ? Optional.of(unit.id().substring(0, unit.id().length() - SERVICE.length()))
                : Optional.empty();
    }
}
