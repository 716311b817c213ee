package io.infrabridge.audit.anomaly;

import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/** A caller on a target that it never used, once it is known well enough for that to be striking. */
final class NewTargets implements Detector {
    /** Who uses more than these uses everything, and nothing is striking any more. */
    private static final int MOST_TARGETS = 2000;

    private final Duration learningTime;
    private final int learningRequests;
    private final Callers<Habits> callers;

    NewTargets(Duration learningTime, int learningRequests, int mostCallers) {
        this.learningTime = learningTime;
        this.learningRequests = learningRequests;
        this.callers = new Callers<>(mostCallers);
    }

    @Override
    public Optional<Anomaly> see(Deed deed) {
        if (deed.kind() != Deed.Kind.REQUEST) {
            return Optional.empty();
        }
        Habits habits = callers.of(deed.caller(), () -> new Habits(deed.at()));
        boolean learnt = habits.requests >= learningRequests && !deed.at().isBefore(habits.since.plus(learningTime));
        habits.requests++;
        boolean news = habits.targets.size() < MOST_TARGETS && habits.targets.add(deed.target());
        return learnt && news
                ? Optional.of(new Anomaly(
                        Anomaly.Kind.NEW_TARGET,
                        deed.caller(),
                        deed.target(),
                        deed.caller() + " uses " + deed.target() + " for the first time, after " + habits.requests
                                + " requests to " + (habits.targets.size() - 1) + " other targets"))
                : Optional.empty();
    }

    /** What one caller is known for. */
    private static final class Habits {
        private final Instant since;
        private final Set<String> targets = new HashSet<>();
        private long requests;

        Habits(Instant since) {
            this.since = since;
        }
    }
}
