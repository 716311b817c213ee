package io.infrabridge.gateway.catalogue;

import io.infrabridge.contract.Domain;
import io.infrabridge.contract.Heartbeat;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;

/**
 * Which domains have a worker that is alive, and takes more. Counts from the arrival of a heartbeat, not from the time that it states, so
 * that clocks may differ between machines.
 */
@Singleton
public final class Presence {
    private final Clock clock;
    private final Map<Domain, Map<String, Seen>> seen = new ConcurrentHashMap<>();

    Presence(Clock clock) {
        this.clock = clock;
    }

    void alive(Heartbeat heartbeat) {
        Instant now = clock.instant();
        Map<String, Seen> workers = seen.computeIfAbsent(heartbeat.domain(), name -> new ConcurrentHashMap<>());
        workers.put(
                heartbeat.worker(),
                new Seen(now, heartbeat.load().map(Heartbeat.Load::accepting).orElse(true)));
        workers.values().removeIf(last -> last.silent(now));
    }

    public boolean present(Domain domain) {
        return any(domain, worker -> true);
    }

    /** Whether one of its workers takes more; one that does not tell is believed to. */
    public boolean accepting(Domain domain) {
        return any(domain, Seen::accepting);
    }

    private boolean any(Domain domain, Predicate<Seen> wanted) {
        Instant now = clock.instant();
        return seen.getOrDefault(domain, Map.of()).values().stream()
                .anyMatch(worker -> !worker.silent(now) && wanted.test(worker));
    }

    private record Seen(Instant at, boolean accepting) {
        boolean silent(Instant now) {
            return at.plus(Heartbeat.SILENCE).isBefore(now);
        }
    }
}
