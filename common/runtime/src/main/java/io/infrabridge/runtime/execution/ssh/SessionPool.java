package io.infrabridge.runtime.execution.ssh;

import io.infrabridge.contract.SecurityEvent.Kind;
import io.infrabridge.runtime.execution.ExecutionFailure;
import io.infrabridge.runtime.execution.SecurityEvents;
import io.infrabridge.runtime.execution.SecurityEvents.Sighting;
import io.infrabridge.runtime.execution.ssh.PooledSession.Use;
import io.infrabridge.trust.inventory.Host;
import io.opentelemetry.context.Context;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledFuture;
import java.util.function.Function;
import org.apache.sshd.client.session.ClientSession;
import org.jboss.logging.Logger;

/** The open sessions of one host; those who want one wait in order and share what is being opened. */
final class SessionPool {
    private static final Logger LOG = Logger.getLogger(SessionPool.class);
    private static final Duration AFTER_REFUSAL = Duration.ofSeconds(10);

    private final Host host;
    private final SshSettings settings;
    private final SharedClient shared;
    private final Way way;
    private final SecurityEvents events;
    private final List<PooledSession> sessions = new ArrayList<>();
    private final Deque<Waiter> waiting = new ArrayDeque<>();
    private int opening;
    private int opened;
    private boolean sweeping;
    private long noFurtherBefore = System.nanoTime();

    SessionPool(Host host, SshSettings settings, SharedClient shared, Way way, SecurityEvents events) {
        this.host = host;
        this.settings = settings;
        this.shared = shared;
        this.way = way;
        this.events = events;
    }

    /**
     * How a session to the host is opened.
     *
     * @param door tells whether that is tried at all
     */
    record Way(Door door, Function<Context, CompletableFuture<ClientSession>> opener) {}

    CompletableFuture<Lease> take(Use use) {
        Optional<ExecutionFailure> closed =
                current().isPresent() ? Optional.empty() : way.door().closed();
        if (closed.isPresent()) {
            return CompletableFuture.failedFuture(closed.get());
        }
        CompletableFuture<Lease> lease = new CompletableFuture<>();
        ScheduledFuture<?> tooLong =
                shared.after(settings.queueTimeout(), () -> lease.completeExceptionally(SshFailures.crowded(host)));
        lease.whenComplete((done, failure) -> tooLong.cancel(false));
        synchronized (this) {
            waiting.add(new Waiter(use, lease, Context.current()));
        }
        serve();
        return lease;
    }

    /** A session that was not there before, for one who gives it back to nobody but closes it. */
    CompletableFuture<ClientSession> fresh() {
        return way.opener().apply(Context.current());
    }

    /** The oldest open session's name. */
    synchronized Optional<String> current() {
        return sessions.stream()
                .filter(PooledSession::answering)
                .map(pooled -> pooled.id)
                .findFirst();
    }

    void takeBack(PooledSession pooled, Use use) {
        boolean over;
        synchronized (this) {
            pooled.add(use, -1);
            over = pooled.silent && pooled.idle();
            sweepLater(settings.idle());
        }
        if (over) {
            pooled.session.close(true);
        }
        serve();
    }

    synchronized void markSilent(PooledSession pooled) {
        pooled.silent = true;
    }

    synchronized boolean learnCapacity(PooledSession pooled) {
        pooled.capacity = Math.min(pooled.capacity, pooled.channels - 1);
        LOG.infof("SSH session %s takes %d commands at once, no more", pooled.id, pooled.capacity);
        return pooled.capacity > 0;
    }

    /** Hands out what is free and opens what is missing; what others run in answer happens outside the lock. */
    private void serve() {
        List<Runnable> actions = new ArrayList<>();
        synchronized (this) {
            sessions.removeIf(pooled -> !pooled.usable());
            for (Iterator<Waiter> each = waiting.iterator(); each.hasNext(); ) {
                Waiter waiter = each.next();
                Optional<PooledSession> free = sessions.stream()
                        .filter(pooled -> pooled.takes(waiter.use()))
                        .findFirst();
                if (waiter.lease().isDone()) {
                    each.remove();
                } else if (free.isPresent()) {
                    each.remove();
                    free.get().add(waiter.use(), 1);
                    Lease lease = new Lease(this, free.get(), waiter.use());
                    actions.add(() -> hand(lease, waiter));
                }
            }
            while (missing()) {
                opening++;
                Context context = waiting.getFirst().context();
                actions.add(() -> open(context));
            }
        }
        actions.forEach(Runnable::run);
    }

    /** The first session is opened alone: whoever waits for a host that does not answer keeps one thread at most. */
    private boolean missing() {
        long answering = sessions.stream().filter(PooledSession::answering).count();
        boolean allowed = answering == 0
                ? opening == 0
                : answering + opening < settings.sessionsPerHost() && System.nanoTime() - noFurtherBefore >= 0;
        return allowed && opening * settings.channelsPerSession() < waiting.size();
    }

    private static void hand(Lease lease, Waiter waiter) {
        if (!waiter.lease().complete(lease)) {
            lease.giveBack();
        }
    }

    private void open(Context context) {
        CompletableFuture<ClientSession> opens;
        try {
            opens = way.opener().apply(context);
        } catch (RuntimeException e) {
            opens = CompletableFuture.failedFuture(e);
        }
        opens.whenComplete((session, failure) -> {
            List<Waiter> disappointed = List.of();
            Optional<PooledSession> fresh = Optional.empty();
            synchronized (this) {
                opening--;
                if (failure == null) {
                    PooledSession pooled =
                            new PooledSession(host.name() + "#" + ++opened, session, settings.channelsPerSession());
                    sessions.add(pooled);
                    sweepLater(settings.idle());
                    fresh = Optional.of(pooled);
                } else if (current().isEmpty() && opening == 0) {
                    disappointed = List.copyOf(waiting);
                    waiting.clear();
                } else {
                    // the others go on with what is open, and the server is not asked again at once
                    noFurtherBefore = System.nanoTime() + AFTER_REFUSAL.toNanos();
                }
            }
            fresh.ifPresent(pooled -> watch(pooled, context));
            disappointed.forEach(waiter -> waiter.lease().completeExceptionally(SshFailures.unwrapped(failure)));
            serve();
        });
    }

    private void watch(PooledSession pooled, Context context) {
        LOG.infof("SSH session %s is open", pooled.id);
        events.happened(Sighting.of(Kind.SSH_SESSION_OPENED, host).on(pooled.id), context);
        pooled.session.addCloseFutureListener(closed -> {
            LOG.infof("SSH session %s is closed", pooled.id);
            events.happened(Sighting.of(Kind.SSH_SESSION_CLOSED, host).on(pooled.id), context);
            serve();
        });
    }

    private void sweepLater(Duration delay) {
        if (!sweeping && sessions.stream().anyMatch(PooledSession::idle)) {
            sweeping = true;
            shared.after(delay, this::sweep);
        }
    }

    private void sweep() {
        List<PooledSession> unused = new ArrayList<>();
        synchronized (this) {
            sweeping = false;
            long idle = settings.idle().toNanos();
            long now = System.nanoTime();
            sessions.stream()
                    .filter(pooled -> pooled.idle() && now - pooled.idleSince >= idle)
                    .forEach(unused::add);
            sessions.removeAll(unused);
            sessions.stream()
                    .filter(PooledSession::idle)
                    .mapToLong(pooled -> idle - (now - pooled.idleSince))
                    .min()
                    .ifPresent(rest -> sweepLater(Duration.ofNanos(rest).plusMillis(1)));
        }
        unused.forEach(pooled -> pooled.session.close(false));
    }

    private record Waiter(Use use, CompletableFuture<Lease> lease, Context context) {}
}
