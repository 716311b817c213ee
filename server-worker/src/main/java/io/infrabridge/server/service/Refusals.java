package io.infrabridge.server.service;

import io.infrabridge.contract.Category;
import io.infrabridge.runtime.operation.Output;
import io.infrabridge.runtime.operation.Plan;
import java.util.Optional;
import java.util.regex.Pattern;

/** Why a service cannot or must not be changed. */
final class Refusals {
    /** Without these the host could not be reached or managed again. */
    private static final Pattern PROTECTED = Pattern.compile(
            "(sshd?|ssh@.*|sshd@.*|dbus|dbus-broker|systemd-.*|user@.*|NetworkManager|networking|polkit|init)"
                    + "\\.(service|socket)");

    private static final Pattern KINDS = Pattern.compile(".*\\.(service|socket|timer|path)");

    private Refusals() {}

    static Optional<Plan> noSystemd(Output shown) {
        return shown.error().contains("not been booted with systemd")
                        || shown.error().contains("Failed to connect to bus")
                ? Optional.of(Plan.refuse(
                        Category.UNSUPPORTED_TARGET,
                        "The host does not run systemd.",
                        "Choose a host that was booted with systemd; containers usually are not."))
                : Optional.empty();
    }

    /** For every action: there must be a systemd that knows the service. */
    static Optional<Plan> unknown(ServiceManager manager, Output shown) {
        Optional<Plan> none = noSystemd(shown);
        if (none.isPresent()) {
            return none;
        }
        Unit unit = manager.unit(shown);
        return unit.known()
                ? Optional.empty()
                : Optional.of(Plan.refuse(
                        Category.NOT_FOUND,
                        "There is no service " + unit.id() + " on the host.",
                        "Install the package that brings it, or look at its exact name."));
    }

    /** For every change: targets, mounts and slices are not services, and a masked one cannot be started. */
    static Optional<Plan> unchangeable(Unit unit) {
        if (!KINDS.matcher(unit.id()).matches()) {
            return Optional.of(Plan.refuse(
                    Category.PRECONDITION_FAILED,
                    unit.id() + " is not a service.",
                    "Only services, sockets, timers and paths can be started and stopped."));
        }
        return Optional.empty();
    }

    static Optional<Plan> masked(Unit unit) {
        return unit.masked()
                ? Optional.of(Plan.refuse(
                        Category.PRECONDITION_FAILED,
                        unit.id() + " is masked: someone has forbidden to start it.",
                        "Unmask it first (action=unmask), if that is meant."))
                : Optional.empty();
    }

    static Optional<Plan> endsByItself(Unit unit) {
        return unit.endsByItself()
                ? Optional.of(Plan.refuse(
                        Category.PRECONDITION_FAILED,
                        unit.id() + " is a task that ends by itself, so it can never be seen as started.",
                        "Use action=restart to run it once."))
                : Optional.empty();
    }

    static Optional<Plan> mustNotStop(Unit unit) {
        return PROTECTED.matcher(unit.id()).matches()
                ? Optional.of(Plan.refuse(
                        Category.PRECONDITION_FAILED,
                        unit.id() + " is protected: without it the host could not be reached or managed.",
                        "Do this at the host's console, if it is meant."))
                : Optional.empty();
    }
}
