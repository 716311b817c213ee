package io.infrabridge.audit.trail;

import io.infrabridge.trust.ReloadReport;
import io.infrabridge.trust.Reloading;
import io.infrabridge.trust.signature.SigningKey;
import io.infrabridge.trust.signature.TrustStore;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.Startup;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.nio.file.Path;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Gives the service the keys of the file that {@code infrabridge.trust} names. */
public final class TrustedKeys {
    /** The name of this service, and of its key in {@code trust.yaml}. */
    public static final String SERVICE = "audit-service";

    private TrustedKeys() {}

    @Produces
    @Singleton
    static Reloading<TrustStore> read(@ConfigProperty(name = "infrabridge.trust") Path file, MeterRegistry metrics) {
        return new Reloading<>(file, TrustStore::read, new ReloadReport(metrics).of(file));
    }

    /** What checkpoints and health events of this service are signed with. */
    @Startup
    @Produces
    @Singleton
    static SigningKey signing(@ConfigProperty(name = "infrabridge.signing.key-file") Path file) {
        return SigningKey.read(SERVICE, file);
    }
}
