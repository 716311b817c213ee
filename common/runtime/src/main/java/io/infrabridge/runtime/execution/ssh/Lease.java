package io.infrabridge.runtime.execution.ssh;

import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.sshd.client.session.ClientSession;

/** The right to use one channel of a pooled session, until it is given back. */
final class Lease {
    private final SessionPool pool;
    private final PooledSession pooled;
    private final PooledSession.Use use;
    private final AtomicBoolean returned = new AtomicBoolean();

    Lease(SessionPool pool, PooledSession pooled, PooledSession.Use use) {
        this.pool = pool;
        this.pooled = pooled;
        this.use = use;
    }

    ClientSession session() {
        return pooled.session;
    }

    String sessionId() {
        return pooled.id;
    }

    /** The server did not answer on this session: others are not sent there. */
    void markSilent() {
        pool.markSilent(pooled);
    }

    void giveBack() {
        if (returned.compareAndSet(false, true)) {
            pool.takeBack(pooled, use);
        }
    }

    /** Gives it back because the server opens no further channel; false if it does not open even the first. */
    boolean giveBackFull() {
        boolean others = pool.learnCapacity(pooled);
        giveBack();
        return others;
    }
}
