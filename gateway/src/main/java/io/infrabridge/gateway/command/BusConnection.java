package io.infrabridge.gateway.command;

import io.smallrye.common.annotation.Identifier;
import io.smallrye.reactive.messaging.kafka.KafkaClientService;
import jakarta.inject.Singleton;
import org.apache.kafka.clients.consumer.Consumer;

/** Whether Kafka is there, seen by the consumer of results: unlike a producer it is never idle. */
@Singleton
final class BusConnection {
    private final KafkaClientService clients;
    private final ResultsPosition position;

    BusConnection(KafkaClientService clients, @Identifier("results-position") ResultsPosition position) {
        this.clients = clients;
        this.position = position;
    }

    boolean connected() {
        return clients.getConsumers("results").stream()
                        .map(consumer -> (Consumer<?, ?>) consumer.unwrap())
                        .flatMap(consumer -> consumer.metrics().entrySet().stream())
                        .filter(metric -> metric.getKey().name().equals("connection-count"))
                        .mapToDouble(metric -> ((Number) metric.getValue().metricValue()).doubleValue())
                        .sum()
                > 0;
    }

    boolean hearsResults() {
        return position.assigned();
    }
}
