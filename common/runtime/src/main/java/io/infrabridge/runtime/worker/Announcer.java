package io.infrabridge.runtime.worker;

import io.infrabridge.contract.Domain;
import io.infrabridge.contract.EventType;
import io.infrabridge.contract.Heartbeat;
import io.infrabridge.contract.Topics;
import io.infrabridge.runtime.catalogue.OperationCatalogue;
import io.opentelemetry.context.Context;
import java.time.Clock;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/** Tells the system once what this worker can do, and then, as long as it consumes commands, that it is alive. */
final class Announcer implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(Announcer.class);

    private final Publisher publisher;
    private final OperationCatalogue catalogue;
    private final Identity identity;
    private final Clock clock;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "announcer");
        thread.setDaemon(true);
        return thread;
    });
    private boolean announced;

    Announcer(Publisher publisher, OperationCatalogue catalogue, Identity identity, Clock clock) {
        this.publisher = publisher;
        this.catalogue = catalogue;
        this.identity = identity;
        this.clock = clock;
    }

    /** Who announces: the domain, the instance and the software's version. */
    record Identity(Domain domain, String worker, String version) {}

    /** Beats now and then, and soon when the worker begins or ceases to take commands. */
    void start(BooleanSupplier consuming, Supplier<Heartbeat.Load> load) {
        timer.scheduleWithFixedDelay(
                () -> {
                    if (consuming.getAsBoolean()) {
                        beat(load.get());
                    }
                },
                0,
                Heartbeat.INTERVAL.toMillis() / 4,
                TimeUnit.MILLISECONDS);
    }

    private long lastBeat;
    private boolean accepting;

    private void beat(Heartbeat.Load load) {
        if (!announced) {
            announced = true;
            send(
                    Topics.CATALOGUE,
                    identity.domain().name(),
                    EventType.CATALOGUE,
                    catalogue.announcement(identity.domain(), identity.worker(), identity.version(), clock.instant()));
        }
        long now = clock.millis();
        if (now - lastBeat >= Heartbeat.INTERVAL.toMillis() || load.accepting() != accepting) {
            lastBeat = now;
            accepting = load.accepting();
            send(
                    Topics.HEARTBEATS,
                    identity.domain().name(),
                    EventType.HEARTBEAT,
                    new Heartbeat(
                            identity.domain(),
                            identity.worker(),
                            catalogue.digest(),
                            clock.instant(),
                            Optional.of(load)));
        }
    }

    private void send(String topic, String key, EventType type, Object payload) {
        publisher
                .publish(topic, key, UUID.randomUUID().toString(), type, payload, Context.root())
                .subscribe()
                .with(done -> {}, failure -> LOG.warnf("%s was not published: %s", type.type(), failure));
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
