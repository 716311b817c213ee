package io.infrabridge.gateway.command;

import io.infrabridge.contract.Category;
import io.infrabridge.contract.Domain;
import io.infrabridge.gateway.catalogue.Presence;
import io.infrabridge.gateway.problem.Outcome;
import io.infrabridge.gateway.problem.Refusal;
import jakarta.inject.Singleton;

/** Whether somebody is there who would take a command, so that nothing is published into the void. */
@Singleton
final class Attendance {
    private final Presence presence;
    private final BusConnection bus;

    Attendance(Presence presence, BusConnection bus) {
        this.presence = presence;
        this.bus = bus;
    }

    Outcome<Resolved> check(Resolved what) {
        return presence.present(what.domain()) ? Outcome.passed(what) : Outcome.refused(absent(what.domain()));
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
