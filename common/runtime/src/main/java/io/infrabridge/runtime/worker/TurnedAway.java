package io.infrabridge.runtime.worker;

import io.infrabridge.contract.Category;
import io.infrabridge.contract.Command;
import io.infrabridge.contract.Failure;
import io.infrabridge.runtime.execution.Running;
import io.opentelemetry.context.Context;
import io.smallrye.mutiny.Uni;
import java.util.Optional;

/** What becomes of records that run nothing: those that came before, those that are refused, those that nobody believes. */
final class TurnedAway {
    private final Ledger ledger;
    private final TaskReader reader;
    private final Outcomes outcomes;
    private final Answers answers;

    TurnedAway(Ledger ledger, TaskReader reader, Outcomes outcomes, Answers answers) {
        this.ledger = ledger;
        this.reader = reader;
        this.outcomes = outcomes;
        this.answers = answers;
    }

    /** Where the change is known already: its result, if it has one, is published again. */
    Optional<Uni<Void>> again(Command command, Received record) {
        return ledger.find(record.partition(), LedgerEntry.key(command.issuer(), command.id()))
                .map(known -> again(known, record));
    }

    /**
     * A refusal is an end like any other: a change that was refused is in the ledger, so that the same record cannot be written
     * to the topic once more when policy, clock or freeze would let it pass.
     */
    Uni<Void> refuse(Incoming.Refused refused, Received record, Running.Fence fence) {
        Command command = refused.command();
        return again(command, record).orElseGet(() -> {
            Context trace = TraceHeaders.read(record.headers());
            byte[] result = answers.refusal(refused, trace);
            return reader.mayChange(command)
                    ? outcomes.refuse(command, record, fence, result, trace)
                    : answers.publishResult(command.id(), result, trace);
        });
    }

    Uni<Void> setAside(Received record, Failure failure) {
        return answers.setAside(record, failure);
    }

    private Uni<Void> again(LedgerEntry known, Received record) {
        if (!known.requestHash().equals(RequestHash.of(record.value()))) {
            return setAside(
                    record,
                    Failure.of(
                            Category.CONFLICT,
                            "The id " + known.id() + " was used for another command.",
                            "Choose a new id for every command."));
        }
        // still running here or resumed on assignment: its result will come
        return known.result()
                .map(result -> outcomes.publish(record.partition(), known, result, TraceHeaders.read(record.headers())))
                .orElseGet(() -> Uni.createFrom().voidItem());
    }
}
