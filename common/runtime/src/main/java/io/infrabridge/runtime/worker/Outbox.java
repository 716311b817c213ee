package io.infrabridge.runtime.worker;

import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * Sends records in the order they are given. A send may block while Kafka is away or a topic's metadata is not known, so it
 * has a thread of its own; and because the producer's own thread must never be made to wait for the producer, what follows
 * a send does not run there either.
 */
final class Outbox implements AutoCloseable {
    private static final Duration CLOSING = Duration.ofSeconds(5);

    private final Producer<String, byte[]> producer;
    private final ExecutorService sender = Executors.newSingleThreadExecutor(task -> {
        Thread thread = new Thread(task, "outbox");
        thread.setDaemon(true);
        return thread;
    });

    Outbox(Producer<String, byte[]> producer) {
        this.producer = producer;
    }

    /** Done when the broker has it for good. */
    Uni<Void> send(ProducerRecord<String, byte[]> record) {
        return Uni.createFrom()
                .<Void>emitter(emitter -> producer.send(record, (metadata, failure) -> {
                    if (failure == null) {
                        emitter.complete(null);
                    } else {
                        emitter.fail(failure);
                    }
                }))
                .runSubscriptionOn(sender)
                .emitOn(Infrastructure.getDefaultExecutor());
    }

    @Override
    public void close() {
        sender.shutdown();
        producer.close(CLOSING);
    }
}
