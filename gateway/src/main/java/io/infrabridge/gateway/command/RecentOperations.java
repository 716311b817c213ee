package io.infrabridge.gateway.command;

import io.infrabridge.contract.Operation;
import io.infrabridge.contract.Progress;
import io.infrabridge.contract.State;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/** The latest operations that this replica sent or heard of, so many and no more; the audit remembers the rest. */
@Singleton
final class RecentOperations {
    private static final Comparator<Operation> NEWEST_FIRST = Comparator.comparing(Operation::createdAt)
            .thenComparing(Operation::id)
            .reversed();

    private final Watchers watchers;
    private final Map<String, Known> operations;

    @Inject
    RecentOperations(Watchers watchers, CommandConfiguration configuration) {
        this(watchers, configuration.remembered());
    }

    RecentOperations(Watchers watchers, int most) {
        this.watchers = watchers;
        this.operations = new LinkedHashMap<>() {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<String, Known> eldest) {
                return size() > most;
            }
        };
    }

    /** Remembers the operation unless one with its id is known; that one is returned then. */
    Optional<Known> begin(Operation operation, Known.Sent sent) {
        synchronized (operations) {
            return Optional.ofNullable(operations.putIfAbsent(operation.id(), new Known(operation, Optional.of(sent))));
        }
    }

    void forget(String id) {
        synchronized (operations) {
            operations.remove(id);
        }
    }

    Optional<Known> find(String id) {
        synchronized (operations) {
            return Optional.ofNullable(operations.get(id));
        }
    }

    /** Takes what is known from elsewhere; an operation never leaves its terminal state or changes its issuer. */
    void learn(Operation operation) {
        synchronized (operations) {
            Known known = operations.get(operation.id());
            if (known == null) {
                operations.put(operation.id(), new Known(operation, Optional.empty()));
            } else if (known.operation().state().terminal()
                    || !known.operation().issuer().equals(operation.issuer())) {
                return;
            } else {
                operations.put(operation.id(), known.now(operation));
            }
        }
        watchers.tell(new Update.Changed(operation));
    }

    void advance(Progress progress) {
        boolean heard = change(
                progress.operationId(),
                operation -> operation.issuer().equals(progress.issuer())
                        && !progress.state().terminal(),
                operation -> overtaken(operation, progress) ? operation : operation.in(progress.state()));
        if (heard) {
            watchers.tell(new Update.Advanced(progress));
        }
    }

    /** What waits is told with its plan, elsewhere; progress alone would show it without. */
    private static boolean overtaken(Operation operation, Progress progress) {
        return operation.state() == State.CANCELLING || progress.state() == State.AWAITING_APPROVAL;
    }

    /** What waits for approval goes on waiting until its worker says that it is cancelled. */
    void cancelling(String id) {
        change(
                id,
                operation -> operation.state() != State.AWAITING_APPROVAL,
                operation -> operation.in(State.CANCELLING));
    }

    List<Operation> newestFirst(Predicate<Operation> wanted) {
        List<Known> all;
        synchronized (operations) {
            all = new ArrayList<>(operations.values());
        }
        return all.stream()
                .map(Known::operation)
                .filter(wanted)
                .sorted(NEWEST_FIRST)
                .toList();
    }

    private boolean change(String id, Predicate<Operation> possible, UnaryOperator<Operation> next) {
        synchronized (operations) {
            Known known = operations.get(id);
            if (known == null || known.operation().state().terminal() || !possible.test(known.operation())) {
                return false;
            }
            operations.put(id, known.now(next.apply(known.operation())));
            return true;
        }
    }
}
