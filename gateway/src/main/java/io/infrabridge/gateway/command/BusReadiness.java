package io.infrabridge.gateway.command;

import io.smallrye.common.annotation.Identifier;
import io.smallrye.reactive.messaging.kafka.KafkaClientService;
import jakarta.inject.Singleton;
import java.util.Objects;
import org.apache.kafka.clients.consumer.Consumer;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Ready means: Kafka is there and this replica hears results. */
@Singleton
@Readiness
final class BusReadiness implements HealthCheck {
    private final KafkaClientService clients;
    private final ResultsPosition position;

    BusReadiness(KafkaClientService clients, @Identifier("results-position") ResultsPosition position) {
        this.clients = clients;
        this.position = position;
    }

    @Override
    public HealthCheckResponse call() {
        boolean connected = connections() > 0;
        return HealthCheckResponse.named("kafka")
                .status(connected && position.assigned())
                .withData("connected", connected)
                .withData("hears_results", position.assigned())
                .build();
    }

    private double connections() {
        return clients.getConsumers("results").stream()
                .map(consumer -> (Consumer<?, ?>) consumer.unwrap())
                .flatMap(consumer -> consumer.metrics().entrySet().stream())
                .filter(metric -> metric.getKey().name().equals("connection-count"))
                .map(metric -> metric.getValue().metricValue())
                .filter(Objects::nonNull)
                .mapToDouble(value -> ((Number) value).doubleValue())
                .sum();
    }
}
