package io.infrabridge.audit.trail;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.concurrent.atomic.AtomicLong;

/** How many records this replica has stored since its start, for those who work behind the recording. */
@ApplicationScoped
public class TrailProgress {
    private final TrailStatus status;
    private final AtomicLong stored = new AtomicLong();

    TrailProgress(TrailStatus status) {
        this.status = status;
    }

    void add(int records) {
        stored.addAndGet(records);
    }

    public long stored() {
        return stored.get();
    }

    /** Whether Kafka and PostgreSQL answer and the tables are there. */
    public boolean recording() {
        return status.trouble().isEmpty();
    }
}
