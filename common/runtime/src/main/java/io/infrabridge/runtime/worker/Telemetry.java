package io.infrabridge.runtime.worker;

import io.micrometer.core.instrument.MeterRegistry;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.trace.Tracer;
import jakarta.inject.Singleton;

/** Where spans and metrics go. */
@Singleton
final class Telemetry {
    private final OpenTelemetry traces;
    private final MeterRegistry metrics;

    Telemetry(OpenTelemetry traces, MeterRegistry metrics) {
        this.traces = traces;
        this.metrics = metrics;
    }

    Tracer tracer() {
        return traces.getTracer("io.infrabridge.worker");
    }

    MeterRegistry metrics() {
        return metrics;
    }
}
