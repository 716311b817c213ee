package io.infrabridge.server.health;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** From where on a server is not healthy. What does not degrade is told all the same. */
@ConfigMapping(prefix = "infrabridge.server.health")
public interface HealthSettings {
    /** Of a file system, or of its inodes, in use. */
    @WithDefault("90")
    double diskDegradedPercent();

    @WithDefault("98")
    double diskFailedPercent();

    /** Of the memory, available. */
    @WithDefault("10")
    double memoryDegradedPercent();

    @WithDefault("3")
    double memoryFailedPercent();

    /** Of the swap space, in use. */
    @WithDefault("80")
    double swapDegradedPercent();

    /** For each processor, over five minutes. */
    @WithDefault("2")
    double loadDegraded();

    @WithDefault("true")
    boolean unsynchronizedClockDegrades();

    @WithDefault("true")
    boolean pendingRebootDegrades();

    @WithDefault("true")
    boolean securityUpdatesDegrade();
}
