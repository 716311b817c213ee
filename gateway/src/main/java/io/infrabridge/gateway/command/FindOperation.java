package io.infrabridge.gateway.command;

import io.infrabridge.contract.Category;
import io.infrabridge.contract.Operation;
import io.infrabridge.gateway.audit.AuditService;
import io.infrabridge.gateway.problem.Outcome;
import io.infrabridge.gateway.problem.Refusal;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** Finds operations: in this replica's view first, then in the audit. */
@Singleton
public final class FindOperation {
    private final RecentOperations operations;
    private final OngoingOperations ongoing;
    private final Watchers watchers;
    private final AuditService audit;

    FindOperation(RecentOperations operations, OngoingOperations ongoing, Watchers watchers, AuditService audit) {
        this.operations = operations;
        this.ongoing = ongoing;
        this.watchers = watchers;
        this.audit = audit;
    }

    /**
     * The operation as it stands. Of what this replica has not sent itself, and of what is past its deadline, it may have missed the end, or have heard a repeated
     * one first: then the audit knows better.
     */
    public Uni<Outcome<Operation>> find(String id) {
        Optional<Known> known = operations.find(id);
        if (known.isPresent() && known.get().sent().isPresent() && !ongoing.late(known.get())) {
            return Uni.createFrom().item(Outcome.passed(here(known.get())));
        }
        if (!id.matches("[A-Za-z0-9][A-Za-z0-9._:-]{0,127}")) {
            return Uni.createFrom().item(Outcome.refused(unknown(id)));
        }
        return audit.operation(id)
                .map(answer -> known.isPresent()
                        ? Outcome.passed(ended(answer).orElseGet(() -> here(known.get())))
                        : answer.then(found -> found.<Outcome<Operation>>map(this::remembered)
                                .orElseGet(() -> Outcome.refused(unknown(id)))));
    }

    private Operation here(Known known) {
        return ongoing.truthful(known.operation());
    }

    /** One whose end the audit knows; what goes on there is known here as well, and as early. */
    private Optional<Operation> ended(Outcome<Optional<Operation>> answer) {
        Optional<Operation> end = answer instanceof Outcome.Passed<Optional<Operation>> passed
                ? passed.value().filter(operation -> operation.state().terminal())
                : Optional.empty();
        end.ifPresent(operations::learn);
        return end;
    }

    /** The operation at its end, or as it stands when the wait is over. */
    public Uni<Outcome<Operation>> find(String id, Waiting waiting) {
        return find(id).chain(found -> found instanceof Outcome.Passed<Operation> passed
                        && !passed.value().state().terminal()
                ? ongoing.end(passed.value(), waiting).map(Outcome::passed)
                : Uni.createFrom().item(found));
    }

    /** The operation as it stands and then every update until its end. */
    public Multi<Update> follow(Operation begun) {
        return Multi.createFrom().emitter(emitter -> {
            emitter.onTermination(watchers.watch(begun.id(), update -> {
                emitter.emit(update);
                if (update instanceof Update.Changed changed
                        && changed.operation().state().terminal()) {
                    emitter.complete();
                }
            }));
            Operation now = operations.find(begun.id()).map(Known::operation).orElse(begun);
            emitter.emit(new Update.Changed(now));
            if (now.state().terminal()) {
                emitter.complete();
            }
        });
    }

    /** What this replica remembers, newest first. */
    public List<Operation> recent(Predicate<Operation> wanted) {
        return operations.newestFirst(wanted);
    }

    /** One that still runs is remembered here, so that its progress and its end are heard. */
    private Outcome<Operation> remembered(Operation operation) {
        if (!operation.state().terminal()) {
            operations.learn(operation);
        }
        return Outcome.passed(operation);
    }

    private static Refusal unknown(String id) {
        String word = id.length() <= 128 ? id : id.substring(0, 128) + "…";
        return Refusal.of(
                Category.NOT_FOUND,
                "There is no operation " + word + ".",
                "List the operations at /api/v1/operations, or search the audit.");
    }
}
