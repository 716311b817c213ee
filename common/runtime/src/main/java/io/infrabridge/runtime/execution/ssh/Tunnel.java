package io.infrabridge.runtime.execution.ssh;

import java.io.IOException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.sshd.client.session.forward.ExplicitPortForwardingTracker;
import org.jboss.logging.Logger;

/** A port on this machine's loopback that leads through a host; open until it is closed or the session is lost. */
public final class Tunnel implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(Tunnel.class);

    private final ExplicitPortForwardingTracker tracker;
    private final Lease lease;
    private final Runnable onClose;
    private final AtomicBoolean closed = new AtomicBoolean();

    Tunnel(ExplicitPortForwardingTracker tracker, Lease lease, Runnable onClose) {
        this.tracker = tracker;
        this.lease = lease;
        this.onClose = onClose;
    }

    /** The session that carries it. */
    String sessionId() {
        return lease.sessionId();
    }

    public String address() {
        return tracker.getBoundAddress().getHostName();
    }

    public int port() {
        return tracker.getBoundAddress().getPort();
    }

    public boolean open() {
        return !closed.get() && tracker.isOpen() && lease.session().isOpen();
    }

    @Override
    public void close() {
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        try {
            tracker.close();
        } catch (IOException e) {
            // the session that carried it is gone, and the port with it
            LOG.debugf("Tunnel through %s: %s", lease.sessionId(), e.getMessage());
        } finally {
            lease.giveBack();
            onClose.run();
        }
    }
}
