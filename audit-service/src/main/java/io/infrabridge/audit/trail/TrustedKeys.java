package io.infrabridge.audit.trail;

import io.infrabridge.trust.ReloadReport;
import io.infrabridge.trust.Reloading;
import io.infrabridge.trust.signature.TrustStore;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.nio.file.Path;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Gives the service the keys of the file that {@code infrabridge.trust} names. */
final class TrustedKeys {
    private TrustedKeys() {}

    @Produces
    @Singleton
    static Reloading<TrustStore> read(@ConfigProperty(name = "infrabridge.trust") Path file, MeterRegistry metrics) {
        return new Reloading<>(file, TrustStore::read, new ReloadReport(metrics).of(file));
    }
}
