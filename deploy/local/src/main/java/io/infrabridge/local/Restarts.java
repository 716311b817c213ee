package io.infrabridge.local;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Starts again what ended, after a pause that doubles for as long as it does not stay. */
final class Restarts {
    private final Children children;
    private final Pauses pauses;
    private final Consumer<String> tell;

    /** As many threads as parts, because a start may wait for what another one is to bring back. */
    private final ScheduledExecutorService starter = Executors.newScheduledThreadPool(Part.values().length, task -> {
        Thread thread = new Thread(task, "restart");
        thread.setDaemon(true);
        return thread;
    });

    Restarts(Children children, Pauses pauses, Consumer<String> tell) {
        this.children = children;
        this.pauses = pauses;
        this.tell = tell;
    }

    /**
     * How long to wait.
     *
     * @param stays after this long a process counts as one that stays, and its next pause is the shortest again
     */
    record Pauses(Duration shortest, Duration longest, Duration stays) {
        static Pauses usual() {
            return new Pauses(Duration.ofSeconds(1), Duration.ofSeconds(15), Duration.ofSeconds(30));
        }

        private Duration after(Duration pause) {
            Duration doubled = pause.multipliedBy(2);
            return doubled.compareTo(longest) < 0 ? doubled : longest;
        }
    }

    /** How a part is started once more. */
    interface Start {
        Child again() throws IOException;
    }

    void keep(Child child, Start start) {
        keep(child, start, pauses.shortest());
    }

    private void keep(Child child, Start start, Duration pause) {
        Instant begun = Instant.now();
        child.process().onExit().thenAccept(process -> {
            boolean stayed = Duration.between(begun, Instant.now()).compareTo(pauses.stays()) >= 0;
            children.forget(child);
            again(child.title(), "ended with code " + process.exitValue(), start, stayed ? pauses.shortest() : pause);
        });
    }

    private void again(String title, String what, Start start, Duration pause) {
        if (children.stopping()) {
            return;
        }
        tell.accept("%s %s; it is started again in %.1f s".formatted(title, what, pause.toMillis() / 1000.0));
        Duration next = pauses.after(pause);
        starter.schedule(
                () -> {
                    try {
                        keep(start.again(), start, next);
                    } catch (IOException | RuntimeException e) {
                        again(title, "cannot be started: " + e.getMessage(), start, next);
                    }
                },
                pause.toMillis(),
                TimeUnit.MILLISECONDS);
    }
}
