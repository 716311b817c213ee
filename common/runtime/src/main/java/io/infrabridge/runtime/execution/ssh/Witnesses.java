package io.infrabridge.runtime.execution.ssh;

import io.infrabridge.runtime.execution.HostHealth;
import io.infrabridge.runtime.execution.SecurityEvents;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

/** Who is told of what happens on the way to hosts. */
@Singleton
public final class Witnesses {
    private final SshTrace trace;
    private final SecurityEvents events;
    private final HostHealth health;

    @Inject
    public Witnesses(SshTrace trace, SecurityEvents events, HostHealth health) {
        this.trace = trace;
        this.events = events;
        this.health = health;
    }

    SshTrace trace() {
        return trace;
    }

    SecurityEvents events() {
        return events;
    }

    HostHealth health() {
        return health;
    }
}
