package io.infrabridge.runtime.worker;

import io.micrometer.core.instrument.MeterRegistry;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.trace.Tracer;
import io.quarkus.arc.All;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.List;

/** Where spans, metrics, security events and news of targets go, and who hears of ended operations. */
@Singleton
final class Telemetry {
    private final OpenTelemetry traces;
    private final MeterRegistry metrics;
    private final SecurityLog security;
    private final TargetHealth health;
    private final List<Onlooker> onlookers;

    Telemetry(
            OpenTelemetry traces,
            MeterRegistry metrics,
            SecurityLog security,
            TargetHealth health,
            @All List<Onlooker> onlookers) {
        this.traces = traces;
        this.metrics = metrics;
        this.security = security;
        this.health = health;
        this.onlookers = onlookers;
    }

    /** What is told from now on is published. */
    void publishBy(Publisher publisher, String worker, Clock clock) {
        security.publishBy(publisher, worker, clock);
        health.publishBy(publisher, worker, clock);
    }

    TargetHealth health() {
        return health;
    }

    List<Onlooker> onlookers() {
        return onlookers;
    }

    Tracer tracer() {
        return traces.getTracer("io.infrabridge.worker");
    }

    MeterRegistry metrics() {
        return metrics;
    }
}
