package io.infrabridge.gateway.rest;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import io.smallrye.config.WithName;
import java.time.Duration;

/** How long a caller over HTTP is kept waiting. */
@ConfigMapping(prefix = "infrabridge.rest")
public interface RestConfiguration {
    /** For a caller who does not say. */
    @WithDefault("30s")
    @WithName("wait")
    Duration defaultWait();

    @WithDefault("300s")
    Duration longestWait();
}
