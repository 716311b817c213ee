package io.infrabridge.runtime.worker;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import io.smallrye.config.WithName;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** The settings of a worker. */
@ConfigMapping(prefix = "infrabridge")
public interface WorkerConfiguration {
    /** The hosts and clusters that exist. */
    @WithDefault("config/inventory.yaml")
    Path inventory();

    /** Who may do what. */
    @WithDefault("config/policy.yaml")
    Path policy();

    /** Whose signatures are believed. */
    @WithDefault("data/trust.yaml")
    Path trust();

    @WithName("signing.key-file")
    Path signingKeyFile();

    /** The id under which trust.yaml lists the key; by default the service's name. */
    @WithName("signing.key-id")
    Optional<String> signingKeyId();

    Worker worker();

    /** What concerns this worker alone. */
    interface Worker {
        /** The domain whose commands it executes, such as {@code nfs}. */
        String domain();

        /** The name of this instance in results and heartbeats; by default the key's name and the process id. */
        Optional<String> name();

        /** Operations in flight, over all targets, before polling pauses. */
        @WithDefault("1024")
        int inFlight();

        /** Reads at the same time on one target. */
        @WithDefault("8")
        int readsPerTarget();

        /**
         * Reads, and changes, that may wait for one target; further ones are refused as OVERLOADED, so that a target that hangs
         * cannot use up what all targets share.
         */
        @WithDefault("256")
        int waitingPerTarget();

        /** The longest time from now to a command's deadline; at most a day less than the ledger remembers. */
        @WithDefault("24h")
        Duration longestDeadline();

        /**
         * How long nothing is heard of a worker until its partitions go to others, who go on with what it had begun. Brokers
         * take 6 s and more. After two thirds of it without a word from the group a worker starts no further step.
         */
        @WithDefault("15s")
        Duration session();

        /** How long a stop waits for what is running. */
        @WithDefault("20s")
        Duration drain();
    }
}
