package io.infrabridge.audit.anomaly;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.function.Predicate;

/** So many deeds of a kind by one caller within some time; told once, and again only when it has been quiet for that time. */
final class Burst implements Detector {
    private final Anomaly.Kind kind;
    private final Predicate<Deed> counted;
    private final int threshold;
    private final Duration window;
    private final Callers<Recent> callers;

    Burst(Anomaly.Kind kind, Predicate<Deed> counted, int threshold, Duration window, int mostCallers) {
        this.kind = kind;
        this.counted = counted;
        this.threshold = threshold;
        this.window = window;
        this.callers = new Callers<>(mostCallers);
    }

    static Burst refusals(int threshold, Duration window, int mostCallers) {
        return new Burst(
                Anomaly.Kind.REPEATED_REFUSALS,
                deed -> deed.kind() == Deed.Kind.REFUSAL,
                threshold,
                window,
                mostCallers);
    }

    static Burst destruction(int threshold, Duration window, int mostCallers) {
        return new Burst(Anomaly.Kind.DESTRUCTIVE_BURST, Deed::destructive, threshold, window, mostCallers);
    }

    @Override
    public Optional<Anomaly> see(Deed deed) {
        if (!counted.test(deed)) {
            return Optional.empty();
        }
        Recent recent = callers.of(deed.caller(), Recent::new);
        boolean full = recent.add(deed.at(), threshold, window);
        boolean news = full && !recent.told;
        recent.told = full;
        return news
                ? Optional.of(new Anomaly(
                        kind,
                        deed.caller(),
                        deed.target(),
                        deed.caller() + ": " + threshold + " " + what() + " within " + window.toSeconds()
                                + " s, the last on " + deed.target()))
                : Optional.empty();
    }

    private String what() {
        return kind == Anomaly.Kind.REPEATED_REFUSALS ? "refused requests" : "destructive requests";
    }

    /** The last deeds of one caller, at most as many as it takes. */
    private static final class Recent {
        private final Deque<Instant> times = new ArrayDeque<>();
        private boolean told;

        /** Whether there are enough within the window. */
        boolean add(Instant at, int threshold, Duration window) {
            times.addLast(at);
            if (times.size() > threshold) {
                times.removeFirst();
            }
            // partitions are read side by side, so an earlier deed may come later; it does not end the window
            Instant end = times.stream().max(Instant::compareTo).orElse(at);
            times.removeIf(time -> time.isBefore(end.minus(window)));
            return times.size() >= threshold;
        }
    }
}
