package io.infrabridge.gateway.command;

import jakarta.inject.Singleton;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The end of this service: first it takes nothing new, then whoever still waits is answered as things stand. */
@Singleton
final class Drain {
    private final Set<Runnable> waiting = ConcurrentHashMap.newKeySet();
    private volatile boolean begun;
    private volatile boolean over;

    boolean begun() {
        return begun;
    }

    void begin() {
        begun = true;
    }

    /** Nobody is kept waiting from now on. */
    void end() {
        over = true;
        waiting.forEach(Runnable::run);
    }

    boolean over() {
        return over;
    }

    /** Runs the release at the end, unless the returned action is run before; at once where it has come already. */
    Runnable whenOver(Runnable release) {
        waiting.add(release);
        if (over) {
            release.run();
        }
        return () -> waiting.remove(release);
    }
}
