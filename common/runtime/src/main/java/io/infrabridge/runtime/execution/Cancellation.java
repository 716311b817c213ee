package io.infrabridge.runtime.execution;

import java.util.ArrayList;
import java.util.List;

/** Whether somebody wants an operation to stop; told at most once to everyone who listens. */
public final class Cancellation {
    private final List<Runnable> listeners = new ArrayList<>();
    private boolean requested;

    public static Cancellation never() {
        return new Cancellation();
    }

    /** Asks to stop; returns false if that was asked before. */
    public boolean request() {
        List<Runnable> told;
        synchronized (this) {
            if (requested) {
                return false;
            }
            requested = true;
            told = List.copyOf(listeners);
            listeners.clear();
        }
        told.forEach(Runnable::run);
        return true;
    }

    public synchronized boolean requested() {
        return requested;
    }

    /** Runs the listener on request, at once if it was requested already; the returned action withdraws it. */
    public Runnable onRequest(Runnable listener) {
        synchronized (this) {
            if (!requested) {
                listeners.add(listener);
                return () -> withdraw(listener);
            }
        }
        listener.run();
        return () -> {};
    }

    private synchronized void withdraw(Runnable listener) {
        listeners.remove(listener);
    }
}
