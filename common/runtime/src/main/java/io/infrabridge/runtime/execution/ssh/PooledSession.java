package io.infrabridge.runtime.execution.ssh;

import org.apache.sshd.client.session.ClientSession;

/** One open session and how much of it is in use; guarded by its pool. */
final class PooledSession {
    final String id;
    final ClientSession session;
    /** How many commands the server lets run on it, as far as is known. */
    int capacity;
    /** Commands that run. */
    int channels;
    /** Tunnels that go through it; servers do not limit these. */
    int tunnels;

    /** It did not answer in time; what runs on it may end, nothing further is begun on it. */
    boolean silent;

    long idleSince = System.nanoTime();

    PooledSession(String id, ClientSession session, int capacity) {
        this.id = id;
        this.session = session;
        this.capacity = capacity;
    }

    boolean usable() {
        return session.isOpen() && !session.isClosing();
    }

    boolean answering() {
        return usable() && !silent;
    }

    boolean idle() {
        return channels == 0 && tunnels == 0;
    }

    boolean takes(Use use) {
        return answering() && (use == Use.TUNNEL || channels < capacity);
    }

    void add(Use use, int count) {
        if (use == Use.COMMAND) {
            channels += count;
        } else {
            tunnels += count;
        }
        idleSince = System.nanoTime();
    }

    /** What a session is taken for. */
    enum Use {
        COMMAND,
        TUNNEL
    }
}
