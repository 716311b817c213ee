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
import java.time.Clock;

/** Reads the configuration files once, at the start, so that a broken one stops the service and not a request. */
final class TrustedFiles {
    private TrustedFiles() {}

    @Startup
    @Produces
    @Singleton
    static ApiKeys apiKeys(SecurityConfiguration configuration) {
        return ApiKeys.read(configuration.apiKeys());
    }

    @Startup
    @Produces
    @Singleton
    static TrustStore trust(SecurityConfiguration configuration) {
        return TrustStore.read(configuration.trust());
    }

    @Startup
    @Produces
    @Singleton
    static SigningKey signingKey(SecurityConfiguration configuration) {
        return SigningKey.read(ServiceName.GATEWAY, configuration.signing().keyFile());
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
        return new Reloading<>(
                configuration.policy(), Policy::read, new ReloadReport(metrics).of(configuration.policy()));
    }

    @Produces
    @Singleton
    static Clock clock() {
        return Clock.systemUTC();
    }
}
