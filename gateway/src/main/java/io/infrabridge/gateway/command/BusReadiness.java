package io.infrabridge.gateway.command;

import jakarta.inject.Singleton;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Ready means: Kafka is there and this replica hears results. */
@Singleton
@Readiness
final class BusReadiness implements HealthCheck {
    private final BusConnection bus;

    BusReadiness(BusConnection bus) {
        this.bus = bus;
    }

    @Override
    public HealthCheckResponse call() {
        boolean connected = bus.connected();
        return HealthCheckResponse.named("kafka")
                .status(connected && bus.hearsResults())
                .withData("connected", connected)
                .withData("hears_results", bus.hearsResults())
                .build();
    }
}
