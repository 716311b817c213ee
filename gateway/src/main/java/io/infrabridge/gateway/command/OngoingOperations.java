package io.infrabridge.gateway.command;

import io.infrabridge.contract.Category;
import io.infrabridge.contract.Failure;
import io.infrabridge.contract.Operation;
import io.infrabridge.contract.State;
import io.infrabridge.gateway.catalogue.Presence;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Follows operations from their acceptance to their end, or to the point where nobody is left who could end them. */
@Singleton
final class OngoingOperations {
    private final RecentOperations operations;
    private final Watchers watchers;
    private final Presence presence;
    private final Drain drain;
    private final CommandConfiguration configuration;
    private final Clock clock = Clock.systemUTC();

    OngoingOperations(
            RecentOperations operations,
            Watchers watchers,
            Presence presence,
            Drain drain,
            CommandConfiguration configuration) {
        this.operations = operations;
        this.watchers = watchers;
        this.presence = presence;
        this.drain = drain;
        this.configuration = configuration;
    }

    /** The operation at its end, when it begins to wait for other people, or as it stands when the wait is over. */
    Uni<Operation> end(Operation begun, Waiting waiting) {
        Instant until = clock.instant().plus(waiting.atMost());
        Instant hopeless = operations
                .find(begun.id())
                .flatMap(Known::sent)
                .map(sent -> sent.deadline().plus(configuration.grace()))
                .orElse(until);
        if (!hopeless.isBefore(until)) {
            return ended(begun, waiting, waiting.atMost()).onItem().ifNull().continueWith(() -> now(begun));
        }
        return ended(begun, waiting, Duration.between(clock.instant(), hopeless))
                .onItem()
                .ifNull()
                .switchTo(() -> overdue(begun.id())
                        ? Uni.createFrom().item(now(begun))
                        : ended(begun, waiting, Duration.between(clock.instant(), until))
                                .onItem()
                                .ifNull()
                                .continueWith(() -> now(begun)));
    }

    /** The operation with a warning where it is past its deadline and its worker is gone. */
    Operation truthful(Operation operation) {
        if (operation.state().terminal() || operation.state() == State.AWAITING_APPROVAL || !overdue(operation.id())) {
            return operation;
        }
        return operation.with(Failure.of(
                Category.WORKER_UNAVAILABLE,
                "The deadline has passed without an answer, and no worker of its domain is alive. "
                        + "Whether it ran, and how far, is not known yet.",
                "Look at it again when a worker is back: it will end the operation. Do not repeat a change before."));
    }

    /** Whether it should have ended by now. */
    boolean late(Known known) {
        return !known.operation().state().terminal()
                && known.sent()
                        .filter(sent -> clock.instant().isAfter(sent.deadline().plus(configuration.grace())))
                        .isPresent();
    }

    private Operation now(Operation begun) {
        return truthful(operations.find(begun.id()).map(Known::operation).orElse(begun));
    }

    private boolean overdue(String id) {
        return operations
                .find(id)
                .filter(this::late)
                .flatMap(Known::sent)
                .filter(sent -> !presence.present(sent.domain()))
                .isPresent();
    }

    /** The operation that nobody gets further by waiting for, or null when the time is over. */
    private Uni<Operation> ended(Operation begun, Waiting waiting, Duration atMost) {
        if (atMost.isNegative() || atMost.isZero() || drain.over()) {
            return Uni.createFrom().item(() -> settled(begun).orElse(null));
        }
        return Uni.createFrom()
                .<Operation>emitter(emitter -> {
                    Runnable watched = watchers.watch(begun.id(), update -> {
                        waiting.listener().accept(update);
                        if (update instanceof Update.Changed changed && settles(begun, changed.operation())) {
                            emitter.complete(changed.operation());
                        }
                    });
                    Runnable held = drain.whenOver(() -> emitter.complete(null));
                    emitter.onTermination(() -> {
                        watched.run();
                        held.run();
                    });
                    // it may have ended before anybody watched
                    settled(begun).ifPresent(emitter::complete);
                })
                .ifNoItem()
                .after(atMost)
                .recoverWithItem((Operation) null);
    }

    private Optional<Operation> settled(Operation begun) {
        return operations.find(begun.id()).map(Known::operation).filter(operation -> settles(begun, operation));
    }

    /** Who waits for one that waits for others already wants to know how it ends. */
    private static boolean settles(Operation begun, Operation now) {
        return now.state().terminal()
                || (now.state() == State.AWAITING_APPROVAL && begun.state() != State.AWAITING_APPROVAL);
    }
}
