package io.infrabridge.gateway.command;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Requests that were turned away since the last report, added up by who sent them. Beyond so many senders all others are one, so
 * that who turns up under many addresses fills neither the memory nor the trail.
 */
final class AttemptCounts {
    static final int MOST_SENDERS = 20;

    private final Map<Sender, Counted> counts = new LinkedHashMap<>();
    private long others;

    synchronized void add(Sender sender, String what) {
        Counted before = counts.get(sender);
        if (before != null) {
            counts.put(sender, new Counted(Optional.of(sender), before.count() + 1, before.first()));
        } else if (counts.size() < MOST_SENDERS) {
            counts.put(sender, new Counted(Optional.of(sender), 1, what));
        } else {
            others++;
        }
    }

    /** What was counted, and begins to count anew. */
    synchronized List<Counted> drain() {
        List<Counted> drained = new ArrayList<>(counts.values());
        if (others > 0) {
            drained.add(new Counted(Optional.empty(), others, "from further addresses"));
        }
        counts.clear();
        others = 0;
        return drained;
    }

    /**
     * Where a request came from.
     *
     * @param caller as far as he is known
     */
    record Sender(String address, Optional<String> caller) {}

    /**
     * What one sender tried.
     *
     * @param sender absent for all who are not told apart
     * @param first the first of them
     */
    record Counted(Optional<Sender> sender, long count, String first) {}
}
