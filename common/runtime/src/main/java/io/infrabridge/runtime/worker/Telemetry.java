package io.infrabridge.runtime.worker;

import io.micrometer.core.instrument.MeterRegistry;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.trace.Tracer;
import jakarta.inject.Singleton;
import java.time.Clock;

/** Where spans, metrics, security events and news of targets go. */
@Singleton
final class Telemetry {
    private final OpenTelemetry traces;
    private final MeterRegistry metrics;
    private final SecurityLog security;
    private final TargetHealth health;

    Telemetry(OpenTelemetry traces, MeterRegistry metrics, SecurityLog security, TargetHealth health) {
        this.traces = traces;
        this.metrics = metrics;
        this.security = security;
        this.health = health;
    }

    /** What is told from now on is published. */
    void publishBy(Publisher publisher, String worker, Clock clock) {
        security.publishBy(publisher, worker, clock);
        health.publishBy(publisher, worker, clock);
    }

    TargetHealth health() {
        return health;
    }

    Tracer tracer() {
        return traces.getTracer("io.infrabridge.worker");
    }

    MeterRegistry metrics() {
        return metrics;
    }
}
