package io.infrabridge.gateway.command;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How long is waited and how much is remembered. */
@ConfigMapping(prefix = "infrabridge.operations")
public interface CommandConfiguration {
    /** How many operations this replica remembers by itself. */
    @WithDefault("20000")
    int remembered();

    /** How many requests may wait here for the end of their operation at once. */
    @WithDefault("4096")
    int waiting();

    /** How many of them may be one caller's. */
    @WithDefault("1024")
    int waitingPerCaller();

    /** How long a stop lets those wait who do. */
    @WithDefault("10s")
    Duration drain();

    /** How many idempotency keys this replica remembers; one more is refused, because a key that is used is never forgotten early. */
    @WithDefault("200000")
    int rememberedKeys();

    /** After it the bus counts as away and the caller is told so. */
    @WithDefault("1500ms")
    Duration publishTimeout();

    /** How long after its deadline an operation may still be answered before its worker counts as gone. */
    @WithDefault("2s")
    Duration grace();
}
