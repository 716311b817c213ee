package io.infrabridge.system;

import io.infrabridge.testkit.net.Signals;

/** A process that does not run until this is closed. */
record FrozenProcess(ProcessHandle process) implements AutoCloseable {
    FrozenProcess {
        Signals.freeze(process);
    }

    /** A part of the system, as if its machine had stopped; see {@link LocalSystem#process}. */
    static FrozenProcess of(LocalSystem system, String part) {
        return new FrozenProcess(
                system.process(part).orElseThrow(() -> new IllegalStateException("no process of " + part)));
    }

    @Override
    public void close() {
        Signals.thaw(process);
    }
}
