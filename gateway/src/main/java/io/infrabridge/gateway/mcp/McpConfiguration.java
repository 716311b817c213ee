package io.infrabridge.gateway.mcp;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import io.smallrye.config.WithName;
import java.time.Duration;

/** How long an agent is kept waiting; its client usually gives up after a minute. */
@ConfigMapping(prefix = "infrabridge.mcp")
public interface McpConfiguration {
    /** For a call that does not say. */
    @WithDefault("50s")
    @WithName("wait")
    Duration defaultWait();

    @WithDefault("300s")
    Duration longestWait();

    /** How long a caller has to say whether he wants his plan to be run. */
    @WithDefault("45s")
    Duration consent();
}
