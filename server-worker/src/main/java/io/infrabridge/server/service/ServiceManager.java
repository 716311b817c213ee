package io.infrabridge.server.service;

import io.infrabridge.runtime.operation.Output;
import io.infrabridge.runtime.operation.Run;
import io.infrabridge.runtime.value.ServiceName;

/** What starts and stops services on a host; every supported distribution has systemd. */
sealed interface ServiceManager permits Systemd {
    static ServiceManager usual() {
        return new Systemd();
    }

    /** Shows one service. */
    Run show(ServiceName name);

    /** Shows when the host was booted, which {@link #unit} needs to tell since when a service is active. */
    Run bootTime();

    Unit unit(Output shown);

    Run start(ServiceName name);

    Run stop(ServiceName name);

    Run restart(ServiceName name);
}
