package io.infrabridge.gateway.catalogue;

import io.infrabridge.contract.Domain;
import io.infrabridge.contract.Heartbeat;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Which domains have a worker that is alive. Counts from the arrival of a heartbeat, not from the time that it states, so
 * that clocks may differ between machines.
 */
@Singleton
public final class Presence {
    private final Clock clock;
    private final Map<Domain, Map<String, Instant>> seen = new ConcurrentHashMap<>();

    Presence(Clock clock) {
        this.clock = clock;
    }

    void alive(Domain domain, String worker) {
        Instant now = clock.instant();
        Map<String, Instant> workers = seen.computeIfAbsent(domain, name -> new ConcurrentHashMap<>());
        workers.put(worker, now);
        workers.values().removeIf(last -> silent(last, now));
    }

    public boolean present(Domain domain) {
        Instant now = clock.instant();
        return seen.getOrDefault(domain, Map.of()).values().stream().anyMatch(last -> !silent(last, now));
    }

    private static boolean silent(Instant last, Instant now) {
        return last.plus(Heartbeat.SILENCE).isBefore(now);
    }
}
