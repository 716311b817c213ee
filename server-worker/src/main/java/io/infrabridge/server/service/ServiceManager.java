package io.infrabridge.server.service;

import io.infrabridge.runtime.operation.Output;
import io.infrabridge.runtime.operation.Plan;
import io.infrabridge.runtime.operation.Run;
import io.infrabridge.runtime.operation.Undo;
import io.infrabridge.runtime.operation.WaitFor;
import io.infrabridge.runtime.value.ServiceName;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** What starts and stops services on a host; every supported distribution has systemd. */
sealed interface ServiceManager permits Systemd {
    static ServiceManager usual() {
        return new Systemd();
    }

    /** Shows one service. */
    Run show(ServiceName name);

    /** Shows when the host was booted, which {@link #unit} needs to tell since when a service is active. */
    Run bootTime();

    /** What is looked at before anything is done with a service. */
    default Plan looks(ServiceName name) {
        return Plan.of(show(name), bootTime());
    }

    Unit unit(Output shown);

    /** Shows whether these are enabled, and {@link #enabled} reads it. */
    Run showEnabled(List<ServiceName> names);

    /** Of each of the units whether it is enabled, where it can be. */
    Map<String, Boolean> enabled(Output shown);

    Run start(ServiceName name);

    Run stop(ServiceName name);

    /** What was active is started again where it has to be taken back; what is masked, too, but cannot be started so. */
    default Run stopUndone(Unit unit) {
        Run stop = stop(unit.name());
        Run start = start(unit.name());
        if (!unit.active() || unit.masked() && !unit.maskedByAdministrator()) {
            return stop;
        }
        return stop.undoneBy(unit.masked() ? Undo.by(unmask(unit.name()), start, mask(unit.name())) : Undo.by(start));
    }

    Run restart(ServiceName name);

    default WaitFor untilActive(ServiceName name) {
        return new WaitFor(
                "Wait until " + name + " is active",
                show(name),
                shown -> unit(shown).active(),
                Duration.ofMillis(500),
                Duration.ofSeconds(30));
    }

    Run reload(ServiceName name);

    /** From the next boot on it is started; takes no alias. */
    Run enable(ServiceName name);

    Run disable(ServiceName name);

    /** Nothing can start it any more, by whatever name. */
    Run mask(ServiceName name);

    Run unmask(ServiceName name);
}
