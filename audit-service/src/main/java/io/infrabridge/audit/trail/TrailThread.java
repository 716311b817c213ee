package io.infrabridge.audit.trail;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.errors.WakeupException;
import org.jspecify.annotations.Nullable;

/** The thread that records, from the start of the service to its end; whatever fails, it begins anew. */
@ApplicationScoped
class TrailThread {
    private static final Duration BEGIN_ANEW_AFTER = Duration.ofSeconds(1);
    private static final Duration STOP_WITHIN = Duration.ofSeconds(25);

    private final Schema schema;
    private final TrailKafka kafka;
    private final Trail trail;
    private final Recorder recorder;
    private final TrailStatus status;

    private final CountDownLatch stopping = new CountDownLatch(1);
    private final AtomicReference<@Nullable Consumer<byte[], byte[]>> consuming = new AtomicReference<>();
    private final Thread thread = new Thread(this::run, "audit-trail");

    TrailThread(Schema schema, TrailKafka kafka, Trail trail, Recorder recorder, TrailStatus status) {
        this.schema = schema;
        this.kafka = kafka;
        this.trail = trail;
        this.recorder = recorder;
        this.status = status;
    }

    void start(@Observes StartupEvent event) {
        thread.start();
    }

    /** A batch that is being stored is finished first; one that waits for PostgreSQL is read again after the next start. */
    void stop(@Observes ShutdownEvent event) throws InterruptedException {
        stopping.countDown();
        Consumer<byte[], byte[]> consumer = consuming.get();
        if (consumer != null) {
            consumer.wakeup();
        }
        thread.join(STOP_WITHIN.toMillis());
    }

    private void run() {
        boolean stopped = false;
        while (!stopped) {
            try {
                schema.migrate();
                record();
            } catch (RuntimeException e) {
                status.failed(e);
            }
            stopped = stoppedWithin(BEGIN_ANEW_AFTER);
        }
    }

    private void record() {
        try (Consumer<byte[], byte[]> consumer = kafka.consumer()) {
            consuming.set(consumer);
            Assignment assignment = new Assignment(consumer, kafka.connection(), trail);
            consumer.subscribe(kafka.topics(), assignment);
            TrailLoop loop = new TrailLoop(consumer, assignment, recorder, status, kafka.longestPause());
            if (stopping.getCount() > 0) {
                loop.run();
            }
        } catch (WakeupException stop) {
            status.away("it is stopping");
        } finally {
            consuming.set(null);
        }
    }

    private boolean stoppedWithin(Duration time) {
        try {
            return stopping.await(time.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
    }
}
