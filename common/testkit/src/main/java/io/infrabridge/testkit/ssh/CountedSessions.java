package io.infrabridge.testkit.ssh;

import java.util.Map;
import java.util.WeakHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.sshd.client.future.DefaultOpenFuture;
import org.apache.sshd.client.future.OpenFuture;
import org.apache.sshd.common.SshConstants;
import org.apache.sshd.common.channel.Channel;
import org.apache.sshd.common.channel.exception.SshChannelOpenException;
import org.apache.sshd.common.session.Session;
import org.apache.sshd.common.util.buffer.Buffer;
import org.apache.sshd.server.channel.ChannelSession;
import org.apache.sshd.server.channel.ChannelSessionFactory;

/** Opens no more channels a session than sshd with this {@code MaxSessions} would. */
final class CountedSessions extends ChannelSessionFactory {
    private final Map<Session, AtomicInteger> open = new WeakHashMap<>();
    private final AtomicInteger total = new AtomicInteger();
    private volatile int maxSessions = 10;

    void maxSessions(int most) {
        maxSessions = most;
    }

    int total() {
        return total.get();
    }

    @Override
    public synchronized Channel createChannel(Session session) {
        AtomicInteger count = open.computeIfAbsent(session, key -> new AtomicInteger());
        if (count.get() >= maxSessions) {
            return new Refused();
        }
        count.incrementAndGet();
        total.incrementAndGet();
        ChannelSession channel = new ChannelSession();
        channel.addCloseFutureListener(closed -> count.decrementAndGet());
        return channel;
    }

    private static final class Refused extends ChannelSession {
        @Override
        public OpenFuture open(long recipient, long windowSize, long packetSize, Buffer buffer) {
            DefaultOpenFuture refused = new DefaultOpenFuture(this, null);
            refused.setException(
                    new SshChannelOpenException(getChannelId(), SshConstants.SSH_OPEN_CONNECT_FAILED, "open failed"));
            return refused;
        }
    }
}
