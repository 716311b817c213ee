package io.infrabridge.runtime.execution.ssh;

import io.infrabridge.runtime.execution.HostLink;
import io.infrabridge.runtime.execution.RemoteLinks;
import io.infrabridge.trust.inventory.Host;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

/** Links over SSH. */
@Singleton
public final class SshLinks implements RemoteLinks {
    private final SshSessions sessions;
    private final RemoteRun.Watch watch;
    private final SshTrace trace;

    @Inject
    public SshLinks(SshSessions sessions, SharedClient shared, SshSettings settings, SshTrace trace) {
        this.sessions = sessions;
        this.watch = new RemoteRun.Watch(shared, settings.connectTimeout(), settings.outputLimit());
        this.trace = trace;
    }

    @Override
    public HostLink to(Host host) {
        return new SshLink(host, sessions, watch, trace);
    }
}
