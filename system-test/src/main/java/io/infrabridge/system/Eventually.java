package io.infrabridge.system;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/** Waits for what will be true soon. */
public final class Eventually {
    private static final Duration BETWEEN = Duration.ofMillis(50);

    private Eventually() {}

    /** The first value that is there, asked again until the limit. */
    public static <T> T get(String what, Duration limit, Supplier<Optional<T>> source) {
        Instant deadline = Instant.now().plus(limit);
        while (true) {
            Optional<T> value = source.get();
            if (value.isPresent()) {
                return value.get();
            }
            if (Instant.now().isAfter(deadline)) {
                throw new AssertionError("not within " + limit.toSeconds() + " s: " + what);
            }
            LockSupport.parkNanos(BETWEEN.toNanos());
        }
    }

    public static void isTrue(String what, Duration limit, Supplier<Boolean> condition) {
        get(what, limit, () -> condition.get() ? Optional.of(true) : Optional.empty());
    }
}
