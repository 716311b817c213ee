package io.infrabridge.runtime.worker;

import io.infrabridge.runtime.execution.Fenced;
import io.infrabridge.runtime.execution.Running;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongSupplier;

/**
 * Which partitions this worker owns. An ownership is a lease: it is certain only for a time after the group has last confirmed
 * that this worker is one of its members, so that one that was stopped and wakes up goes on with nothing that is another's by
 * now. What was started under an ownership that has ended is fenced.
 */
final class Ownership {
    private final long lease;
    private final LongSupplier nanoTime;
    private final Map<Integer, Term> terms = new HashMap<>();
    private final List<Waiting> waiting = new ArrayList<>();
    private long confirmedAt;
    private boolean everConfirmed;

    /**
     * @param lease how long a confirmation counts; shorter than the group waits for a member that is silent
     * @param nanoTime a clock that is never set, as {@link System#nanoTime}
     */
    Ownership(Duration lease, LongSupplier nanoTime) {
        this.lease = lease.toNanos();
        this.nanoTime = nanoTime;
    }

    /**
     * Certain for two thirds of the time after which the group gives a silent member's partitions to others.
     *
     * @param session that time
     */
    static Ownership within(Duration session) {
        return new Ownership(session.multipliedBy(2).dividedBy(3), System::nanoTime);
    }

    synchronized void gained(Collection<Integer> partitions) {
        partitions.forEach(partition -> terms.put(partition, new Term()));
    }

    void ended(Collection<Integer> partitions) {
        List<Waiting> fenced = new ArrayList<>();
        synchronized (this) {
            partitions.forEach(partition -> {
                Term term = terms.remove(partition);
                if (term != null) {
                    term.held = false;
                    fenced.addAll(
                            waiting.stream().filter(one -> one.term() == term).toList());
                }
            });
            waiting.removeAll(fenced);
        }
        fenced.forEach(one -> one.over().completeExceptionally(new Fenced()));
    }

    /** Whether the last confirmation is older than this. */
    synchronized boolean unconfirmedFor(Duration age) {
        return !everConfirmed || nanoTime.getAsLong() - confirmedAt > age.toNanos();
    }

    /**
     * The group has confirmed that this worker is a member.
     *
     * @param askedAt when it was asked, by the same clock
     */
    void confirmed(long askedAt) {
        List<Waiting> certain;
        synchronized (this) {
            everConfirmed = true;
            confirmedAt = askedAt;
            if (!certain()) {
                return;
            }
            certain = List.copyOf(waiting);
            waiting.clear();
        }
        certain.forEach(one -> one.over().complete(null));
    }

    synchronized Running.Fence fence(int partition) {
        Term term = terms.get(partition);
        return term == null ? () -> false : term;
    }

    private boolean certain() {
        return everConfirmed && nanoTime.getAsLong() - confirmedAt < lease;
    }

    private record Waiting(Term term, CompletableFuture<Void> over) {}

    private final class Term implements Running.Fence {
        private volatile boolean held = true;

        @Override
        public boolean held() {
            return held;
        }

        @Override
        public Uni<Void> confirmed() {
            return Uni.createFrom().deferred(() -> {
                synchronized (Ownership.this) {
                    if (!held) {
                        return Uni.createFrom().failure(new Fenced());
                    }
                    if (certain()) {
                        return Uni.createFrom().voidItem();
                    }
                    Waiting one = new Waiting(this, new CompletableFuture<>());
                    waiting.add(one);
                    return Uni.createFrom()
                            .completionStage(one.over())
                            // what follows must not run on the consumer's thread
                            .emitOn(Infrastructure.getDefaultExecutor())
                            // and it may have taken its time to begin
                            .chain(this::confirmed);
                }
            });
        }
    }
}
