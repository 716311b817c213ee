package io.infrabridge.runtime.execution.ssh;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How other hosts are reached. */
@ConfigMapping(prefix = "infrabridge.ssh")
public interface SshSettings {
    /** How long a TCP connection may take. */
    @WithDefault("PT10S")
    Duration connectTimeout();

    /** How long key exchange and login may take after that. */
    @WithDefault("PT10S")
    Duration loginTimeout();

    /** How often an open session is asked whether it still lives. */
    @WithDefault("PT15S")
    Duration keepAlive();

    /** After how many unanswered questions it counts as lost. */
    @WithDefault("2")
    int keepAliveMisses();

    /** How long an unused session stays open. */
    @WithDefault("PT5M")
    Duration idle();

    /** How many commands share a session; sshd's MaxSessions is 10 by default, a lower one is noticed. */
    @WithDefault("10")
    int channelsPerSession();

    @WithDefault("4")
    int sessionsPerHost();

    /** How long a command may wait for a free channel. */
    @WithDefault("PT60S")
    Duration queueTimeout();

    /** How many bytes of each of a command's two outputs are kept. */
    @WithDefault("1048576")
    int outputLimit();

    Retry retry();

    Breaker breaker();

    /** How often a host that cannot be reached is asked for one session before those who wait for it are told. */
    interface Retry {
        /** No further one is begun once {@link #connectTimeout()} is over. */
        @WithDefault("3")
        int attempts();

        /** The pause before the second attempt, more or less by chance; each further one is twice as long. */
        @WithDefault("PT0.25S")
        Duration firstPause();

        @WithDefault("PT2S")
        Duration longestPause();
    }

    /** When a host that cannot be reached is left alone, and for how long. */
    interface Breaker {
        /** After so many failed attempts in a row. */
        @WithDefault("5")
        int failures();

        /** The first pause, of which up to a half is left out by chance; each further one is twice as long. */
        @WithDefault("PT5S")
        Duration firstPause();

        @WithDefault("PT2M")
        Duration longestPause();
    }
}
