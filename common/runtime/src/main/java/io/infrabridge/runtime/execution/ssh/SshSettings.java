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
}
