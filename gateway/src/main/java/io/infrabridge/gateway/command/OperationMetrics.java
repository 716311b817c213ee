package io.infrabridge.gateway.command;

import io.infrabridge.contract.Operation;
import io.infrabridge.gateway.problem.Refusal;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Singleton;
import java.time.Duration;

/** Counts what ends and how long it took; the names become {@code infrabridge_operations_total} and so on. */
@Singleton
final class OperationMetrics {
    private final MeterRegistry registry;

    OperationMetrics(MeterRegistry registry) {
        this.registry = registry;
    }

    void ended(Operation operation) {
        registry.counter(
                        "infrabridge.operations",
                        "tool",
                        operation.tool(),
                        "action",
                        operation.action(),
                        "state",
                        operation.state().name())
                .increment();
        operation
                .finishedAt()
                .map(end -> Duration.between(operation.createdAt(), end))
                .filter(took -> !took.isNegative())
                .ifPresent(took -> registry.timer(
                                "infrabridge.operation.duration",
                                "tool",
                                operation.tool(),
                                "action",
                                operation.action())
                        .record(took));
    }

    void refused(Refusal refusal) {
        registry.counter(
                        "infrabridge.requests.refused",
                        "category",
                        refusal.category().name())
                .increment();
    }
}
