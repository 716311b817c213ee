package io.infrabridge.runtime.execution;

import io.infrabridge.trust.inventory.Host;

/** Hears when a host is given up for a while and when it answers again. Neither blocks nor fails. */
public interface HostHealth {
    /** It is not asked for a connection for a while. */
    void givenUp(Host host, String why);

    void answersAgain(Host host);
}
