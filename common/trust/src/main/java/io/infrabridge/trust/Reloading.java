package io.infrabridge.trust;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.function.LongSupplier;

/**
 * What a file says now: it is looked at when it is asked for, at most once in a while, and read again when it has changed. A
 * file that must not be used leaves the last good value in force, and the listener is told once for each such file.
 *
 * <p>It has no thread of its own and never makes a caller wait for another one's look. Replace files by renaming: one that is
 * written in place may be seen half written, until the next look.
 */
public final class Reloading<T> {
    /** How long a change may go unseen where nothing else is asked for. */
    public static final Duration EVERY_SECOND = Duration.ofSeconds(1);

    private final Path file;
    private final Function<Path, T> parser;
    private final Listener listener;
    private final long every;
    private final LongSupplier nanoTime;
    private final AtomicLong nextLook;
    private volatile Map<String, Object> seen;
    private volatile T value;

    /** Throws what the parser throws, {@link InvalidConfiguration} as a rule: there is no last good value yet. */
    public Reloading(Path file, Function<Path, T> parser, Listener listener) {
        this(file, parser, listener, EVERY_SECOND);
    }

    /**
     * @param every the shortest time between two looks at the file; zero looks each time
     */
    public Reloading(Path file, Function<Path, T> parser, Listener listener, Duration every) {
        this(file, parser, listener, every, System::nanoTime);
    }

    Reloading(Path file, Function<Path, T> parser, Listener listener, Duration every, LongSupplier nanoTime) {
        this.file = file;
        this.parser = parser;
        this.listener = listener;
        this.every = every.toNanos();
        this.nanoTime = nanoTime;
        // before the file is read: what is written in between is a change
        this.seen = state();
        this.value = parser.apply(file);
        this.nextLook = new AtomicLong(nanoTime.getAsLong() + this.every);
    }

    /** The value of the last good file. */
    public T current() {
        long now = nanoTime.getAsLong();
        long due = nextLook.get();
        if (now - due >= 0 && nextLook.compareAndSet(due, now + every)) {
            look();
        }
        return value;
    }

    private synchronized void look() {
        Map<String, Object> state = state();
        if (state.equals(seen)) {
            return;
        }
        seen = state;
        try {
            value = parser.apply(file);
            listener.reloaded(file);
        } catch (RuntimeException e) {
            listener.refused(file, String.valueOf(e.getMessage()));
        }
    }

    /** Permissions belong to it: a file that was made private is worth another try, one that was opened to all is not. */
    private Map<String, Object> state() {
        try {
            return Files.readAttributes(file, "posix:lastModifiedTime,size,fileKey,permissions,owner");
        } catch (IOException e) {
            return Map.of();
        }
    }

    /** Hears what became of a changed file; called by whoever happened to ask, so it must not block. */
    public interface Listener {
        void reloaded(Path file);

        /** The file is not used and the last good value stays; {@code why} names the place but no content. */
        void refused(Path file, String why);
    }
}
