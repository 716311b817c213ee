package io.infrabridge.runtime.worker;

import io.infrabridge.contract.Envelope;
import io.infrabridge.contract.EventType;
import io.infrabridge.contract.InvalidContract;
import io.infrabridge.contract.Json;
import io.infrabridge.contract.Reservation;
import io.infrabridge.contract.Topics;
import io.infrabridge.runtime.allowance.AllowanceBook;
import io.infrabridge.runtime.allowance.Verdict;
import io.infrabridge.trust.signature.TrustStore;
import io.infrabridge.trust.signature.TrustedKey;
import io.infrabridge.trust.signature.Verification;
import io.opentelemetry.context.Context;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.jboss.logging.Logger;

/**
 * The accounts that all workers share, as a log that each of them replays: a reservation counts from its place in the topic,
 * and who wrote it learns by reading it back. Begins to read with the first reservation, so that a worker whose policy counts
 * nothing pays nothing.
 */
final class SharedAllowances implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(SharedAllowances.class);
    private static final TopicPartition LOG_OF_ALL = new TopicPartition(Topics.ALLOWANCES, 0);
    private static final Duration POLL = Duration.ofMillis(100);
    private static final long BACKOFF_MS = 1000;

    private final String domain;
    private final Publisher publisher;
    private final Supplier<Consumer<String, byte[]>> readers;
    private final Supplier<TrustStore> trust;
    private final Map<String, CompletableFuture<Verdict>> awaited = new HashMap<>();
    private AllowanceBook book = new AllowanceBook();
    private boolean reading;
    private volatile boolean closed;

    SharedAllowances(
            String domain,
            Publisher publisher,
            Supplier<Consumer<String, byte[]>> readers,
            Supplier<TrustStore> trust) {
        this.domain = domain;
        this.publisher = publisher;
        this.readers = readers;
        this.trust = trust;
    }

    /** Done when the reservation stands in the log; an operation that has one already is told the same again. */
    Uni<Verdict> reserve(String operation, List<Reservation.Charge> charges) {
        CompletableFuture<Verdict> verdict;
        boolean first;
        synchronized (this) {
            Optional<Verdict> known = book.find(operation);
            if (known.isPresent()) {
                return Uni.createFrom().item(known.get());
            }
            begin();
            first = !awaited.containsKey(operation);
            verdict = awaited.computeIfAbsent(operation, key -> new CompletableFuture<>());
        }
        return (first ? write(operation, charges) : Uni.createFrom().voidItem())
                .chain(() -> Uni.createFrom().completionStage(verdict))
                .emitOn(Infrastructure.getDefaultExecutor());
    }

    private Uni<Void> write(String operation, List<Reservation.Charge> charges) {
        return publisher
                .publish(
                        Topics.ALLOWANCES,
                        operation,
                        operation.substring(operation.lastIndexOf('/') + 1) + ":reservation",
                        EventType.RESERVATION,
                        new Reservation(operation, domain, charges),
                        Context.root())
                .onFailure()
                .invoke(failure -> forget(operation));
    }

    private synchronized void forget(String operation) {
        awaited.remove(operation);
    }

    private void begin() {
        if (!reading) {
            reading = true;
            Thread thread = new Thread(this::read, "allowances");
            thread.setDaemon(true);
            thread.start();
        }
    }

    private void read() {
        while (!closed) {
            try (Consumer<String, byte[]> consumer = readers.get()) {
                consumer.assign(List.of(LOG_OF_ALL));
                consumer.seekToBeginning(List.of(LOG_OF_ALL));
                synchronized (this) {
                    book = new AllowanceBook();
                }
                while (!closed) {
                    consumer.poll(POLL).forEach(this::take);
                }
            } catch (RuntimeException e) {
                // whatever it was: without this thread no operation that draws on an account would ever end
                LOG.errorf(e, "reading %s failed and begins anew", Topics.ALLOWANCES);
                pause();
            }
        }
    }

    private void take(ConsumerRecord<String, byte[]> record) {
        Received received = Received.from(record);
        try {
            Reservation reservation = Json.read(received.value(), Reservation.class);
            if (!believed(received, reservation)) {
                LOG.warnf("%s@%d is no worker's reservation and counts nothing", record.topic(), record.offset());
                return;
            }
            CompletableFuture<Verdict> waiting;
            Verdict verdict;
            synchronized (this) {
                verdict = book.apply(reservation, Instant.ofEpochMilli(record.timestamp()));
                waiting = awaited.remove(reservation.operation());
            }
            if (waiting != null) {
                waiting.complete(verdict);
            }
        } catch (InvalidContract | DateTimeException e) {
            LOG.warnf("%s@%d is unreadable and counts nothing: %s", record.topic(), record.offset(), e.getMessage());
        }
    }

    /** Workers alone may reserve; a reservation that others could write would let them use up everybody's allowance. */
    private boolean believed(Received received, Reservation reservation) {
        Verification verification = trust.get()
                .verify(
                        received.topic(),
                        received.value(),
                        received.header(Envelope.KEY_ID_HEADER),
                        received.header(Envelope.SIGNATURE_HEADER));
        return verification instanceof Verification.Signed signed
                && signed.key().kind() == TrustedKey.Kind.WORKER
                && signed.key().domain().equals(Optional.of(reservation.domain()));
    }

    private void pause() {
        try {
            Thread.sleep(BACKOFF_MS);
        } catch (InterruptedException e) {
            closed = true;
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        closed = true;
    }
}
