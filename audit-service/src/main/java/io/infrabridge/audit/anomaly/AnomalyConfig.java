package io.infrabridge.audit.anomaly;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** From when on what a caller does is striking, under {@code infrabridge.anomaly}. */
@ConfigMapping(prefix = "infrabridge.anomaly")
interface AnomalyConfig {
    /** Refused requests of one caller, or of one address without a caller, within {@link #refusalsWithin}. */
    @WithDefault("10")
    int refusals();

    @WithDefault("PT5M")
    Duration refusalsWithin();

    /** Destructive requests of one caller within {@link #destructiveWithin}; dry runs do not count. */
    @WithDefault("10")
    int destructive();

    @WithDefault("PT5M")
    Duration destructiveWithin();

    /** How long a caller must be known before a target that is new for it is striking. */
    @WithDefault("P1D")
    Duration learningTime();

    /** How many requests it must have made before. */
    @WithDefault("20")
    int learningRequests();

    /** How many callers are remembered. */
    @WithDefault("10000")
    int callers();

    /** How many of the latest records are looked at again at start. */
    @WithDefault("20000")
    int rememberedRecords();
}
