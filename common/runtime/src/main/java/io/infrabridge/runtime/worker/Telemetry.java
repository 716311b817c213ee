package io.infrabridge.runtime.worker;

import io.micrometer.core.instrument.MeterRegistry;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.trace.Tracer;
import jakarta.inject.Singleton;

/** Where spans, metrics and security events go. */
@Singleton
final class Telemetry {
    private final OpenTelemetry traces;
    private final MeterRegistry metrics;
    private final SecurityLog security;

    Telemetry(OpenTelemetry traces, MeterRegistry metrics, SecurityLog security) {
        this.traces = traces;
        this.metrics = metrics;
        this.security = security;
    }

    SecurityLog security() {
        return security;
    }

    Tracer tracer() {
        return traces.getTracer("io.infrabridge.worker");
    }

    MeterRegistry metrics() {
        return metrics;
    }
}
