package io.infrabridge.audit.trail;

import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;

/** Ready while events are being recorded. */
@Readiness
@ApplicationScoped
class TrailReadiness implements HealthCheck {
    private final TrailStatus status;

    TrailReadiness(TrailStatus status) {
        this.status = status;
    }

    @Override
    public HealthCheckResponse call() {
        HealthCheckResponseBuilder answer =
                HealthCheckResponse.named("audit trail").status(status.trouble().isEmpty());
        status.trouble()
                .ifPresent(trouble -> answer.withData("reason", trouble.reason())
                        .withData("since", trouble.since().toString()));
        return answer.build();
    }
}
