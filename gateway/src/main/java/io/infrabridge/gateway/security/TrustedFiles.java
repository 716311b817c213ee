package io.infrabridge.gateway.security;

import io.infrabridge.trust.ReloadReport;
import io.infrabridge.trust.Reloading;
import io.infrabridge.trust.inventory.Inventory;
import io.infrabridge.trust.policy.Policy;
import io.infrabridge.trust.signature.SigningKey;
import io.infrabridge.trust.signature.TrustStore;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.Startup;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.nio.file.Path;
import java.time.Clock;
import java.util.function.Function;

/**
 * Reads the configuration files at the start, so that a broken one stops the service and not a request. What a person may have to
 * take back at once is read again when it changes; a broken file then changes nothing.
 */
final class TrustedFiles {
    private TrustedFiles() {}

    @Startup
    @Produces
    @Singleton
    static ApiKeys apiKeys(SecurityConfiguration configuration, MeterRegistry metrics, Clock clock) {
        return new ApiKeys(reloading(configuration.apiKeys(), ApiKeys.Content::read, metrics)::current, clock);
    }

    @Startup
    @Produces
    @Singleton
    static Reloading<TrustStore> trust(SecurityConfiguration configuration, MeterRegistry metrics) {
        return reloading(configuration.trust(), TrustStore::read, metrics);
    }

    @Startup
    @Produces
    @Singleton
    static SigningKey signingKey(SecurityConfiguration configuration) {
        return SigningKey.read(
                configuration.signing().keyId(), configuration.signing().keyFile());
    }

    @Startup
    @Produces
    @Singleton
    static Inventory inventory(SecurityConfiguration configuration) {
        return Inventory.read(configuration.inventory());
    }

    @Startup
    @Produces
    @Singleton
    static Reloading<Policy> policy(SecurityConfiguration configuration, MeterRegistry metrics) {
        return reloading(configuration.policy(), Policy::read, metrics);
    }

    @Produces
    @Singleton
    static Clock clock() {
        return Clock.systemUTC();
    }

    private static <T> Reloading<T> reloading(Path file, Function<Path, T> parser, MeterRegistry metrics) {
        return new Reloading<>(file, parser, new ReloadReport(metrics).of(file));
    }
}
