package io.infrabridge.runtime.execution.ssh;

import io.infrabridge.contract.Category;
import io.infrabridge.runtime.execution.ExecutionFailure;
import io.infrabridge.runtime.execution.HostHealth;
import io.infrabridge.trust.inventory.Host;
import io.smallrye.mutiny.Uni;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.apache.sshd.client.session.ClientSession;
import org.jspecify.annotations.Nullable;

/**
 * Where one host is asked in: again after a short pause when it cannot be reached, and not at all for a while when that happened
 * too often. Nothing was run yet, so that asking again repeats nothing.
 */
final class Door {
    private static final double JITTER = 0.5;

    private final Host host;
    private final SshSettings settings;
    private final Breaker breaker;
    private final HostHealth health;

    Door(Host host, SshSettings settings, Breaker breaker, HostHealth health) {
        this.host = host;
        this.settings = settings;
        this.breaker = breaker;
        this.health = health;
    }

    /** Why nobody is let to it now. */
    Optional<ExecutionFailure> closed() {
        return breaker.rest().map(rest -> SshFailures.leftAlone(host, rest));
    }

    /**
     * The first attempt that succeeds.
     *
     * @param telling whether a failure speaks of this host; else it is not counted and not tried again
     */
    CompletableFuture<ClientSession> enter(
            Supplier<CompletableFuture<ClientSession>> attempt, BooleanSupplier telling) {
        AtomicInteger attempts = new AtomicInteger();
        long begin = System.nanoTime();
        return Uni.createFrom()
                .completionStage(() -> {
                    attempts.incrementAndGet();
                    return once(attempt, telling);
                })
                .onFailure(failure -> unreachable(failure)
                        && telling.getAsBoolean()
                        && breaker.rest().isEmpty()
                        && attempts.get() < settings.retry().attempts()
                        // what was silent for so long has had its chance
                        && System.nanoTime() - begin < settings.connectTimeout().toNanos())
                .retry()
                .withBackOff(settings.retry().firstPause(), settings.retry().longestPause())
                .withJitter(JITTER)
                .indefinitely()
                .subscribeAsCompletionStage();
    }

    private CompletableFuture<ClientSession> once(
            Supplier<CompletableFuture<ClientSession>> attempt, BooleanSupplier telling) {
        Optional<Breaker.Rest> rest = breaker.admit();
        if (rest.isPresent()) {
            return CompletableFuture.failedFuture(SshFailures.leftAlone(host, rest.get()));
        }
        CompletableFuture<ClientSession> told = new CompletableFuture<>();
        attempt.get().whenComplete((session, failure) -> {
            count(failure, telling);
            if (failure == null) {
                told.complete(session);
            } else {
                told.completeExceptionally(SshFailures.unwrapped(failure));
            }
        });
        return told;
    }

    /** Whoever refuses a login or shows another key is there. */
    private void count(@Nullable Throwable failure, BooleanSupplier telling) {
        if (!unreachable(failure)) {
            if (breaker.succeeded()) {
                health.answersAgain(host);
            }
        } else if (!telling.getAsBoolean()) {
            breaker.withdrawn();
        } else if (breaker.failed()) {
            breaker.rest()
                    .ifPresent(rest -> health.givenUp(
                            host, SshFailures.leftAlone(host, rest).failure().message()));
        }
    }

    private static boolean unreachable(@Nullable Throwable failure) {
        return failure != null
                && SshFailures.unwrapped(failure) instanceof ExecutionFailure known
                && known.failure().category() == Category.HOST_UNREACHABLE;
    }
}
