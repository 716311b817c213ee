package io.infrabridge.gateway.command;

import io.infrabridge.contract.Command;
import io.infrabridge.contract.Envelope;
import io.infrabridge.contract.EventType;
import io.infrabridge.contract.Topics;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.common.annotation.Identifier;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.jboss.logging.Logger;

/**
 * Reads the claims of idempotency keys from the beginning of their topic, on a thread of its own: who has read his own record back
 * has read all before it. A plain consumer, because every replica reads every partition and a group would only rebalance it.
 */
@Singleton
final class ClaimLog {
    private static final Logger LOG = Logger.getLogger(ClaimLog.class);
    private static final Duration POLL = Duration.ofMillis(100);
    private static final long BACKOFF_MILLIS = 500;

    private final Map<String, Object> settings;
    private final Claims claims;
    private final CommandConfiguration configuration;
    private final CountDownLatch stopping = new CountDownLatch(1);

    ClaimLog(
            @Identifier("default-kafka-broker") Map<String, Object> kafka,
            Claims claims,
            CommandConfiguration configuration) {
        this.settings = new HashMap<>(kafka);
        settings.put(ConsumerConfig.CLIENT_ID_CONFIG, "gateway-claims");
        settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        settings.put(ConsumerConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG, 500);
        this.claims = claims;
        this.configuration = configuration;
    }

    void start(@Observes StartupEvent event) {
        Thread thread = new Thread(this::run, "claims");
        thread.setDaemon(true);
        thread.start();
    }

    @PreDestroy
    void stop() {
        stopping.countDown();
    }

    /** Claims the command's key; the first claim of it, which may be another's. */
    Uni<Claim.Heard> write(Command command, byte[] value, SignedPublisher publisher) {
        Envelope envelope = new Envelope(command.id(), "/" + command.issuer(), EventType.COMMAND, command.createdAt());
        CompletableFuture<Claim.Heard> first = claims.await(command.id());
        return publisher
                .publish(Topics.IDEMPOTENCY, command.id(), envelope, value)
                .chain(() -> Uni.createFrom().completionStage(first))
                .ifNoItem()
                .after(configuration.publishTimeout().multipliedBy(2))
                .failWith(() -> new BusUnavailable("the claim of its idempotency key was not read back", false, null))
                .onTermination()
                .invoke(() -> claims.giveUp(command.id()));
    }

    /** The command of a claim as it was written; nothing where the topic has it no more. */
    Uni<Optional<byte[]>> read(Claim claim) {
        return Uni.createFrom()
                .item(() -> readNow(claim))
                .runSubscriptionOn(Infrastructure.getDefaultExecutor())
                .onFailure(KafkaException.class)
                .transform(failure -> new BusUnavailable(String.valueOf(failure.getMessage()), false, failure));
    }

    private Optional<byte[]> readNow(Claim claim) {
        try (KafkaConsumer<String, byte[]> reader = consumer()) {
            reader.assign(List.of(claim.place()));
            reader.seek(claim.place(), claim.offset());
            for (long end = System.nanoTime() + configuration.publishTimeout().toNanos(); System.nanoTime() < end; ) {
                for (ConsumerRecord<String, byte[]> record : reader.poll(POLL)) {
                    return record.offset() == claim.offset() ? Optional.of(record.value()) : Optional.empty();
                }
            }
            throw new KafkaException("a claim could not be read in time");
        }
    }

    private void run() {
        while (stopping.getCount() > 0) {
            try (KafkaConsumer<String, byte[]> consumer = consumer()) {
                List<TopicPartition> all = consumer.partitionsFor(Topics.IDEMPOTENCY).stream()
                        .map(info -> new TopicPartition(info.topic(), info.partition()))
                        .toList();
                consumer.assign(all);
                consumer.seekToBeginning(all);
                while (stopping.getCount() > 0) {
                    consumer.poll(POLL).forEach(claims::heard);
                }
            } catch (KafkaException e) {
                LOG.warnf("claims are not read for now: %s", e.getMessage());
                pause();
            }
        }
    }

    private void pause() {
        try {
            stopping.await(BACKOFF_MILLIS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            stopping.countDown();
            Thread.currentThread().interrupt();
        }
    }

    private KafkaConsumer<String, byte[]> consumer() {
        return new KafkaConsumer<>(settings, new StringDeserializer(), new ByteArrayDeserializer());
    }
}
