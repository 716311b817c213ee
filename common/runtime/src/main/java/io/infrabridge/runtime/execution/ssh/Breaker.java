package io.infrabridge.runtime.execution.ssh;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.DoubleSupplier;

/**
 * Whether one host is asked for a connection: after several failures in a row it is left alone for a while, then one attempt is
 * let through, and while those fail the pauses grow.
 */
final class Breaker {
    private final SshSettings.Breaker settings;
    private final Clock clock;
    private final DoubleSupplier random;
    private int failures;
    private Instant since = Instant.EPOCH;
    private Optional<Instant> nextTry = Optional.empty();
    private Duration pause = Duration.ZERO;
    private boolean trying;

    /**
     * @param random from 0 to below 1
     */
    Breaker(SshSettings.Breaker settings, Clock clock, DoubleSupplier random) {
        this.settings = settings;
        this.clock = clock;
        this.random = random;
    }

    /** Since when it fails and when it is tried again, where it is left alone now or somebody else tries it. */
    synchronized Optional<Rest> rest() {
        return nextTry.filter(next -> trying || clock.instant().isBefore(next)).map(next -> new Rest(since, next));
    }

    /** As {@link #rest()}; where that is empty the attempt must be made, and its end be told. */
    synchronized Optional<Rest> admit() {
        Optional<Rest> rest = rest();
        if (rest.isEmpty()) {
            trying = nextTry.isPresent();
        }
        return rest;
    }

    /** True where it was left alone until now. */
    synchronized boolean succeeded() {
        boolean news = nextTry.isPresent();
        failures = 0;
        nextTry = Optional.empty();
        trying = false;
        return news;
    }

    /** True where it is left alone from now on. */
    synchronized boolean failed() {
        Instant now = clock.instant();
        if (failures == 0) {
            since = now;
        }
        failures++;
        boolean before = nextTry.isPresent();
        if (!before && failures < settings.failures()) {
            return false;
        }
        pause = before ? shorter(pause.multipliedBy(2), settings.longestPause()) : settings.firstPause();
        // between half of it and all of it, so that many workers do not try at the same moment
        nextTry = Optional.of(now.plusMillis((long) (pause.toMillis() * (0.5 + random.getAsDouble() / 2))));
        trying = false;
        return !before;
    }

    /** The attempt ended in a way that says nothing of the host. */
    synchronized void withdrawn() {
        trying = false;
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }

    /** It is left alone. */
    record Rest(Instant since, Instant nextTry) {}
}
