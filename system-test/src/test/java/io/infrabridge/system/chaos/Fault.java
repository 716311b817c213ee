package io.infrabridge.system.chaos;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Something that is done to a part of the system.
 *
 * @param at how long after the beginning
 * @param part its title, or the name of a host whose connections are cut
 * @param length of a freeze
 */
record Fault(Duration at, String part, Kind kind, Duration length) {
    static final String BROKER = "Kafka";
    static final String DATABASE = "PostgreSQL";

    /** Each as often as it is to be hit. */
    private static final List<String> PARTS = List.of(
            "gateway",
            "gateway",
            "server-worker",
            "server-worker",
            "server-worker",
            "server-worker-2",
            "server-worker-2",
            "nfs-worker",
            "nfs-worker",
            "audit-service",
            "audit-service",
            BROKER,
            BROKER,
            DATABASE,
            DATABASE);

    /** What is done. */
    enum Kind {
        /** {@code kill -9}. */
        KILL,
        /** SIGSTOP, and SIGCONT after a while. */
        FREEZE,
        /** What it understands as a request to end. */
        STOP,
        /** Every SSH connection to a host. */
        CUT
    }

    /**
     * One fault after the other until the end, all of them decided by what {@code random} says.
     *
     * @param slowness 1 leaves 2 to 9 seconds between two, 2 twice that
     */
    static List<Fault> schedule(Random random, List<String> hosts, Duration end, int slowness) {
        List<Fault> all = new ArrayList<>();
        long at = 1000;
        while (at < end.toMillis()) {
            int chosen = random.nextInt(PARTS.size() + 2);
            String part = chosen < PARTS.size() ? PARTS.get(chosen) : hosts.get(random.nextInt(hosts.size()));
            Kind kind = chosen < PARTS.size() ? kind(random.nextInt(100)) : Kind.CUT;
            int longest = random.nextInt(3) == 0 ? 20_000 : 3_000;
            Duration length = kind == Kind.FREEZE ? Duration.ofMillis(100 + random.nextInt(longest)) : Duration.ZERO;
            all.add(new Fault(Duration.ofMillis(at), part, kind, length));
            at += slowness * (2000L + random.nextInt(7000));
        }
        return all;
    }

    private static Kind kind(int percent) {
        if (percent < 50) {
            return Kind.KILL;
        }
        return percent < 85 ? Kind.FREEZE : Kind.STOP;
    }

    String what() {
        return switch (kind) {
            case KILL -> "kill -9";
            case FREEZE -> "SIGSTOP";
            case STOP -> part.equals(DATABASE) ? "INT" : "TERM";
            case CUT -> "cut connections";
        };
    }

    @Override
    public String toString() {
        String text = "%6.1f s  %s %s".formatted(at.toMillis() / 1000.0, what(), part);
        return kind == Kind.FREEZE ? text + " for %.1f s".formatted(length.toMillis() / 1000.0) : text;
    }
}
