package io.infrabridge.runtime.worker;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * The life of a worker in which everything that it does to the world is a moment with a name of its own. One of them can be the
 * last: nothing that it does then or later has an effect, and nothing is ever answered to it.
 */
final class Life {
    private final Optional<String> last;
    private final Map<String, Integer> counts = new HashMap<>();
    private final List<String> moments = new ArrayList<>();
    private final CountDownLatch over = new CountDownLatch(1);
    private volatile boolean dead;

    private Life(Optional<String> last) {
        this.last = last;
    }

    static Life whole() {
        return new Life(Optional.empty());
    }

    /** Ends in this moment, before what the moment is named for takes place. */
    static Life until(String moment) {
        return new Life(Optional.of(moment));
    }

    /** Whether it goes on: what is named takes place only then. */
    synchronized boolean goesOn(String moment) {
        if (dead) {
            return false;
        }
        String name = moment + " #" + counts.merge(moment, 1, Integer::sum);
        moments.add(name);
        if (last.filter(name::equals).isPresent()) {
            end();
        }
        return !dead;
    }

    void end() {
        dead = true;
        over.countDown();
    }

    boolean dead() {
        return dead;
    }

    boolean endsWithin(long seconds) throws InterruptedException {
        return over.await(seconds, TimeUnit.SECONDS);
    }

    /** What has happened, in its order. */
    synchronized List<String> moments() {
        return List.copyOf(moments);
    }
}
