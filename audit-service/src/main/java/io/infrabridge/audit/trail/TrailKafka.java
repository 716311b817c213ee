package io.infrabridge.audit.trail;

import io.smallrye.common.annotation.Identifier;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.CooperativeStickyAssignor;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** How the trail reads Kafka; every {@code kafka.*} property of the configuration applies. */
@ApplicationScoped
public class TrailKafka {
    private final AuditConfig config;
    private final Map<String, Object> connection;

    TrailKafka(AuditConfig config, @Identifier("default-kafka-broker") Map<String, Object> connection) {
        this.config = config;
        this.connection = connection;
    }

    Consumer<byte[], byte[]> consumer() {
        Map<String, Object> settings = new HashMap<>(connection);
        settings.put(ConsumerConfig.GROUP_ID_CONFIG, config.group());
        settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        settings.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        settings.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, config.batch());
        settings.put(ConsumerConfig.FETCH_MAX_BYTES_CONFIG, 16 << 20);
        // nobody waits for the trail: a tenth of a second makes few large transactions of many small ones
        settings.put(ConsumerConfig.FETCH_MIN_BYTES_CONFIG, 1 << 16);
        settings.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, 100);
        // A topic that is made after this service has started is found within seconds.
        settings.put(ConsumerConfig.METADATA_MAX_AGE_CONFIG, 5000);
        settings.put(
                ConsumerConfig.PARTITION_ASSIGNMENT_STRATEGY_CONFIG,
                List.of(CooperativeStickyAssignor.class.getName()));
        return new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    /** How every client of this service reaches Kafka. */
    public Map<String, Object> connection() {
        return Map.copyOf(connection);
    }

    List<String> topics() {
        return config.topics();
    }

    Duration longestPause() {
        return config.retryAtMost();
    }
}
