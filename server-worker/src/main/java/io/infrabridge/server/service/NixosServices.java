package io.infrabridge.server.service;

import io.infrabridge.contract.Category;
import io.infrabridge.runtime.operation.Distro;
import io.infrabridge.runtime.operation.OperationSpec;
import io.infrabridge.runtime.operation.Output;
import io.infrabridge.runtime.operation.Plan;
import io.infrabridge.runtime.operation.Probed;
import io.infrabridge.runtime.operation.Run;
import io.infrabridge.runtime.operation.Step;
import io.infrabridge.runtime.value.AttributePath;
import io.infrabridge.runtime.value.InvalidValue;
import io.infrabridge.server.nixos.Declared;
import io.infrabridge.server.nixos.NixosHost;
import io.infrabridge.server.nixos.Rebuild;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Whether a service of NixOS is started at boot: declared and built, not enabled. A unit that is there is wanted by
 * {@code multi-user.target} or not; where there is none, the option {@code services.NAME.enable} makes one. What is built is started
 * at once, as NixOS does.
 */
record NixosServices(ServiceManager manager, ServiceAtOnce in, boolean enabled) {
    /** After the service manager's own looks: who wants the unit, then the host, then whether there is an option. */
    private static final int WANTED = 2;

    private static final int HOST = 3;
    private static final int OPTION = HOST + NixosHost.LOOKS;
    private static final String SERVICE = ".service";

    static <I extends Record, O extends Record> OperationSpec<I, O> allowed(OperationSpec<I, O> spec) {
        return Rebuild.allowed(spec.runningOn(Distro.NIXOS, "nix-instantiate")).within(Duration.ofMinutes(30));
    }

    Plan probe() {
        List<Step> steps = new ArrayList<>(manager.looks(in.serviceName()).steps());
        steps.add(Run.of(
                        "Look what starts it",
                        "systemctl",
                        "show",
                        "--property=WantedBy,RequiredBy",
                        "--",
                        in.serviceName().value())
                .accepting(0, 1));
        steps.addAll(NixosHost.looks());
        return Plan.of(steps);
    }

    /** A service that systemd does not know may be one that NixOS has a module for. */
    Plan further(Probed seen) {
        if (seen.size() != OPTION || Refusals.noSystemd(seen.get(0)).isPresent()) {
            return Plan.nothing();
        }
        Unit unit = manager.unit(seen.get(0));
        return unit.known() ? Plan.nothing() : option(unit).map(Plan::of).orElse(Plan.nothing());
    }

    Plan plan(Probed before) {
        return Refusals.noSystemd(before.get(0)).orElseGet(() -> {
            Unit unit = manager.unit(before.get(0));
            NixosHost host = NixosHost.seen(before, HOST);
            return name(unit).map(name -> plan(unit, name, host, before)).orElseGet(() -> undeclarable(unit));
        });
    }

    private Plan plan(Unit unit, String name, NixosHost host, Probed before) {
        Declared declared = host.declared();
        Declared wanted = declared;
        if (declared.services().containsKey(name)) {
            wanted = declared.withService(name, enabled);
        } else if (unit.known()) {
            wanted = declared.units().containsKey(name) || started(before.get(WANTED)) != enabled
                    ? declared.withUnit(name, enabled)
                    : declared;
        } else if (enabled && hasOption(before)) {
            wanted = declared.withService(name, true);
        } else {
            return Refusals.unknown(manager, before.get(0)).orElseThrow();
        }
        // what is declared already is not written for a host that was never asked to declare it
        Plan built = wanted.equals(declared) && (host.runs(wanted) || !declares(declared, name))
                ? Plan.nothing()
                : Rebuild.to(wanted, host, HOST, (then, now) -> stopped(then, now));
        boolean starts = enabled && in.atOnce() && !unit.active();
        boolean stops = !enabled && in.atOnce() && !unit.down();
        if (built.refusal().isPresent()) {
            return built;
        }
        if (built.steps().isEmpty() && declared.units().containsKey(name) && started(before.get(WANTED)) != enabled) {
            return Plan.refuse(
                    Category.PRECONDITION_FAILED,
                    unit.id() + " is declared " + (enabled ? "to be started" : "not to be started")
                            + " at boot, but the host's own configuration is stronger.",
                    "Look for mkForce in the configuration of the host.");
        }
        if (built.steps().isEmpty() && !starts && !stops) {
            return built;
        }
        return refusal(unit).orElseGet(() -> Plan.of(steps(unit, built, starts, stops)));
    }

    private Optional<Plan> refusal(Unit unit) {
        return enabled ? Refusals.masked(unit) : Refusals.mustNotStop(unit);
    }

    private List<Step> steps(Unit unit, Plan built, boolean starts, boolean stops) {
        List<Step> steps = new ArrayList<>();
        if (stops) {
            steps.add(manager.stopUndone(unit));
        }
        steps.addAll(built.steps());
        if (starts) {
            steps.add(manager.start(unit.name()));
        }
        return steps;
    }

    /** A rollback lets run what the new system has started, unless its unit has gone with it. */
    private List<Step> stopped(Probed then, Probed now) {
        Unit before = manager.unit(then.get(0));
        return enabled
                        && before.known()
                        && before.down()
                        && !manager.unit(now.get(0)).down()
                ? List.of(manager.stop(before.name()))
                : List.of();
    }

    private static boolean declares(Declared declared, String name) {
        return declared.services().containsKey(name) || declared.units().containsKey(name);
    }

    private static boolean started(Output wanted) {
        return wanted.lines().stream().anyMatch(line -> line.matches("(WantedBy|RequiredBy)=\\S.{0,10000}"));
    }

    private static boolean hasOption(Probed before) {
        return before.size() > OPTION
                && before.get(OPTION).succeeded()
                && before.get(OPTION).text().contains("option");
    }

    /** Asked of the options alone, without a look at what the configuration makes of them. */
    private static Optional<Run> option(Unit unit) {
        return name(unit)
                .flatMap(NixosServices::attribute)
                .map(name -> Run.of(
                                "Ask nix whether NixOS has such a service",
                                "nix-instantiate",
                                "--eval",
                                "--strict",
                                "--json",
                                "-I",
                                Rebuild.CONFIGURATION,
                                "-A",
                                "options.services." + name + ".enable._type",
                                "<nixpkgs/nixos>")
                        .within(Duration.ofMinutes(2))
                        .accepting(0, 1));
    }

    private static Optional<AttributePath> attribute(String name) {
        try {
            return Optional.of(new AttributePath(name)).filter(path -> !name.contains("."));
        } catch (InvalidValue e) {
            return Optional.empty();
        }
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
