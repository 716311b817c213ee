package io.infrabridge.gateway.command;

import io.infrabridge.contract.Category;
import io.infrabridge.contract.Domain;
import io.infrabridge.gateway.catalogue.Presence;
import io.infrabridge.gateway.problem.Outcome;
import io.infrabridge.gateway.problem.Problem;
import io.infrabridge.gateway.problem.Refusal;
import io.infrabridge.gateway.security.Caller;
import jakarta.inject.Singleton;
import java.util.HashMap;
import java.util.Map;

/**
 * Whether a request can be taken now: whether there is room for one that waits here, and a worker that takes its command. What cannot
 * be taken is refused at once instead of being kept, so that nothing grows with the number of those who ask.
 */
@Singleton
final class Admission {
    private static final String LATER = "Try again in " + Problem.RETRY_AFTER_SECONDS + " seconds.";

    private final Presence presence;
    private final BusConnection bus;
    private final Drain drain;
    private final CommandConfiguration configuration;
    private final Map<String, Integer> waitingOf = new HashMap<>();
    private int waiting;

    Admission(Presence presence, BusConnection bus, Drain drain, CommandConfiguration configuration) {
        this.presence = presence;
        this.bus = bus;
        this.drain = drain;
        this.configuration = configuration;
    }

    /** A place among those who wait; whoever got one must {@link #leave}. */
    synchronized Outcome<Caller> enter(Caller caller) {
        if (drain.begun()) {
            return Outcome.refused(Refusal.of(Category.OVERLOADED, "This gateway is about to stop.", LATER));
        }
        int own = waitingOf.getOrDefault(caller.name(), 0);
        if (own >= configuration.waitingPerCaller()) {
            return Outcome.refused(Refusal.of(
                    Category.RATE_LIMITED,
                    own + " requests of yours wait here already; nothing was published.",
                    LATER + " Or do not wait: Prefer: wait=0."));
        }
        if (waiting >= configuration.waiting()) {
            return Outcome.refused(Refusal.of(
                    Category.OVERLOADED, "Too many requests wait here already; nothing was published.", LATER));
        }
        waiting++;
        waitingOf.put(caller.name(), own + 1);
        return Outcome.passed(caller);
    }

    synchronized void leave(Caller caller) {
        waiting--;
        waitingOf.computeIfPresent(caller.name(), (name, own) -> own > 1 ? own - 1 : null);
        if (waiting == 0) {
            notifyAll();
        }
    }

    /** Until nobody waits here any more, or the time is over. */
    synchronized void awaitNobody(long millis) throws InterruptedException {
        for (long end = System.nanoTime() + millis * 1_000_000; waiting > 0 && System.nanoTime() < end; ) {
            wait(Math.max(1, (end - System.nanoTime()) / 1_000_000));
        }
    }

    /** Whether a worker would take the command, so that nothing is published into the void or onto a heap. */
    Outcome<Resolved> check(Resolved what) {
        if (!presence.present(what.domain())) {
            return Outcome.refused(absent(what.domain()));
        }
        return presence.accepting(what.domain())
                ? Outcome.passed(what)
                : Outcome.refused(Refusal.of(
                        Category.OVERLOADED,
                        "The workers of the domain " + what.domain()
                                + " have as much to do as they take; nothing was published.",
                        LATER));
    }

    /** While Kafka is away no worker can be heard, and it would be wrong to blame the worker. */
    private Refusal absent(Domain domain) {
        return bus.connected()
                ? Refusal.of(
                        Category.WORKER_UNAVAILABLE,
                        "No worker of the domain " + domain + " is alive; nothing was published.",
                        "Try again in a moment, or start the " + domain + " worker.")
                : Refusal.of(
                        Category.BUS_UNAVAILABLE,
                        "Kafka cannot be reached; nothing was published.",
                        "Try again in a moment.");
    }
}
