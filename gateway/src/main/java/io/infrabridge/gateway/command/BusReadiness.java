package io.infrabridge.gateway.command;

import jakarta.inject.Singleton;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Ready means: Kafka is there, this replica hears results, and it is not about to stop. */
@Singleton
@Readiness
final class BusReadiness implements HealthCheck {
    private final BusConnection bus;
    private final Drain drain;

    BusReadiness(BusConnection bus, Drain drain) {
        this.bus = bus;
        this.drain = drain;
    }

    @Override
    public HealthCheckResponse call() {
        boolean connected = bus.connected();
        return HealthCheckResponse.named("kafka")
                .status(connected && bus.hearsResults() && !drain.begun())
                .withData("connected", connected)
                .withData("hears_results", bus.hearsResults())
                .withData("stopping", drain.begun())
                .build();
    }
}
