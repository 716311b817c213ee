package io.infrabridge.runtime.execution;

import io.infrabridge.trust.inventory.Host;

/** Makes links to other hosts. */
public interface RemoteLinks {
    /** A link for one operation; nothing is connected before its first step, or at all where a session is open already. */
    HostLink to(Host host);
}
