package io.infrabridge.runtime.execution.local;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** How programs run on the worker's own machine. */
@ConfigMapping(prefix = "infrabridge.local")
public interface LocalSettings {
    /** How many programs may run at once; further ones wait for their turn. */
    @WithDefault("32")
    int processes();

    /** How many bytes of each of a program's two outputs are kept. */
    @WithDefault("1048576")
    int outputLimit();
}
