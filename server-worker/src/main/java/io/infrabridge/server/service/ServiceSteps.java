package io.infrabridge.server.service;

import io.infrabridge.runtime.operation.Plan;
import io.infrabridge.runtime.operation.Run;
import io.infrabridge.runtime.operation.Step;
import io.infrabridge.runtime.operation.Undo;
import io.infrabridge.server.nixos.Declaration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What is left to do around a build of NixOS until a service runs or does not: a switch starts whatever is started at boot and does
 * not run, and takes away units that are no longer made.
 *
 * @param running whether it shall be active; as NixOS leaves it where absent
 * @param atBoot whether the system that runs afterwards starts it
 */
record ServiceSteps(ServiceManager manager, Unit unit, Optional<Boolean> running, boolean atBoot) {
    /** Whether it is as it is wanted, and a switch would leave it so. */
    boolean none() {
        return !starts() && !stops();
    }

    Declaration.Around around() {
        List<Step> first = new ArrayList<>();
        List<Step> last = new ArrayList<>();
        if (stops()) {
            // what the switch would start again is stopped after it; what may be gone then is stopped before
            (atBoot ? last : first).add(manager.stopUndone(unit));
        }
        if (starts()) {
            last.add(start());
        }
        return new Declaration.Around(first, Optional.empty(), last);
    }

    /** Where nothing is built, and so nothing is started by a switch. */
    Declaration.Around kept() {
        List<Step> last = new ArrayList<>();
        if (stops() && !unit.down()) {
            last.add(manager.stopUndone(unit));
        }
        if (starts()) {
            last.add(start());
        }
        return new Declaration.Around(List.of(), Optional.empty(), last);
    }

    /** @param declared whether it is declared to be started at boot; absent where that stays as it is */
    Optional<Plan> refusal(Optional<Boolean> declared) {
        boolean on = starts() || declared.orElse(false);
        boolean off = stops() || !declared.orElse(true);
        return Refusals.unchangeable(unit)
                .or(() -> on ? Refusals.masked(unit) : Optional.empty())
                .or(() -> off ? Refusals.mustNotStop(unit) : Optional.empty())
                .or(() -> starts() ? Refusals.endsByItself(unit) : Optional.empty());
    }

    private boolean starts() {
        return running.orElse(false) && !unit.active();
    }

    private boolean stops() {
        return !running.orElse(true) && (atBoot || !unit.down());
    }

    /** One that comes with the new system goes with it. */
    private Run start() {
        Run start = manager.start(unit.name());
        return unit.known() ? start.undoneBy(Undo.by(manager.stop(unit.name()))) : start;
    }
}
