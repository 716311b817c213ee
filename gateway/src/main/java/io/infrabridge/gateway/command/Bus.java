package io.infrabridge.gateway.command;

import io.smallrye.common.annotation.Identifier;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * The one producer. {@code send} blocks while Kafka is away, so it is called on a thread of its own and never for a record
 * whose caller has waited too long already: what is told to be refused must not be sent afterwards.
 */
@Singleton
final class Bus {
    private static final int MOST_WAITING = 10_000;

    private final Producer<String, byte[]> producer;
    private final ThreadPoolExecutor sender;
    private final Duration patience;

    Bus(@Identifier("default-kafka-broker") Map<String, Object> kafka, CommandConfiguration configuration) {
        this.patience = configuration.publishTimeout();
        this.producer =
                new KafkaProducer<>(settings(kafka, patience), new StringSerializer(), new ByteArraySerializer());
        this.sender =
                new ThreadPoolExecutor(1, 1, 0, TimeUnit.SECONDS, new LinkedBlockingQueue<>(MOST_WAITING), Bus::thread);
    }

    @PreDestroy
    void close() {
        sender.shutdown();
        producer.close(patience);
    }

    /** Completes when all in-sync replicas have the record; fails with {@link BusUnavailable}. */
    Uni<Void> send(ProducerRecord<String, byte[]> record) {
        return Uni.createFrom().emitter(emitter -> {
            long since = System.nanoTime();
            try {
                sender.execute(() -> sendNow(record, since, emitter));
            } catch (RejectedExecutionException e) {
                emitter.fail(new BusUnavailable("too many records wait to be sent", false, e));
            }
        });
    }

    private void sendNow(ProducerRecord<String, byte[]> record, long since, UniEmitter<? super Void> emitter) {
        if (System.nanoTime() - since > patience.toNanos()) {
            emitter.fail(new BusUnavailable("Kafka did not take the records before it", false, null));
            return;
        }
        try {
            producer.send(record, (metadata, failure) -> {
                if (failure == null) {
                    emitter.complete(null);
                } else {
                    boolean refused = failure instanceof org.apache.kafka.common.errors.ApiException
                            && !(failure instanceof org.apache.kafka.common.errors.TimeoutException);
                    emitter.fail(new BusUnavailable(String.valueOf(failure.getMessage()), !refused, failure));
                }
            });
        } catch (RuntimeException e) {
            emitter.fail(new BusUnavailable(String.valueOf(e.getMessage()), false, e));
        }
    }

    private static Map<String, Object> settings(Map<String, Object> kafka, Duration patience) {
        int millis = Math.toIntExact(patience.toMillis());
        Map<String, Object> settings = new HashMap<>(kafka);
        settings.put(ProducerConfig.CLIENT_ID_CONFIG, "gateway");
        settings.put(ProducerConfig.ACKS_CONFIG, "all");
        settings.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        settings.put(ProducerConfig.LINGER_MS_CONFIG, 0);
        settings.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, millis / 2);
        settings.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, millis);
        settings.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, millis);
        settings.put(ProducerConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG, 500);
        // its own value would forget a topic that is quiet for five minutes, and the next send would wait for it
        settings.put(ProducerConfig.METADATA_MAX_IDLE_CONFIG, TimeUnit.DAYS.toMillis(1));
        return settings;
    }

    private static Thread thread(Runnable work) {
        Thread thread = new Thread(work, "bus-sender");
        thread.setDaemon(true);
        return thread;
    }
}
