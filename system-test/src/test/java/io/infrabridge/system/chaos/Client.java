package io.infrabridge.system.chaos;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;

/**
 * Asks for one operation after the other. What was refused is asked for again, because nothing happened; what is unclear only
 * where a key makes that safe. Now and then it repeats what was accepted already.
 */
final class Client implements Runnable {
    private static final Duration GIVES_UP_AFTER = Duration.ofSeconds(120);
    private static final Duration FINISHES_WITHIN = Duration.ofSeconds(15);

    private final String name;
    private final Door door;
    private final Optional<String> keys;
    private final List<Undertaking> work;
    private final Random random;
    private final Queue<Fate> fates;
    private final Instant end;

    /**
     * @param keys the beginning of its idempotency keys; absent for one that uses none
     * @param end after which it asks for nothing more
     */
    Client(
            String name,
            Door door,
            Optional<String> keys,
            List<Undertaking> work,
            Random random,
            Queue<Fate> fates,
            Instant end) {
        this.name = name;
        this.door = door;
        this.keys = keys;
        this.work = work;
        this.random = random;
        this.fates = fates;
        this.end = end;
    }

    @Override
    public void run() {
        try (door) {
            for (Undertaking each : work) {
                if (Instant.now().isAfter(end)) {
                    return;
                }
                each.prepare();
                Fate fate = new Fate(each, name);
                pursue(fate);
                fates.add(fate);
                pause(random.nextInt(400));
            }
        }
    }

    private void pursue(Fate fate) {
        Undertaking what = fate.undertaking();
        Optional<String> key = keys.map(beginning -> beginning + what.number());
        boolean repeats = key.isPresent() && random.nextInt(5) == 0;
        Instant givesUp = Instant.now().plus(GIVES_UP_AFTER);
        if (givesUp.isAfter(end.plus(FINISHES_WITHIN))) {
            givesUp = end.plus(FINISHES_WITHIN);
        }
        while (Instant.now().isBefore(givesUp)) {
            Door.Answer answer = fate.heard(door.ask(what, key));
            if (answer instanceof Door.Accepted) {
                if (!repeats) {
                    return;
                }
                repeats = false;
            } else if (answer instanceof Door.Wrong || answer instanceof Door.Unclear && key.isEmpty()) {
                return;
            }
            pause(200 + random.nextInt(600));
        }
    }

    /** Between two requests, as a client would. */
    private static void pause(int milliseconds) {
        LockSupport.parkNanos(Duration.ofMillis(milliseconds).toNanos());
    }
}
