package io.infrabridge.gateway.command;

import io.infrabridge.contract.Category;
import io.infrabridge.contract.Command;
import io.infrabridge.contract.Envelope;
import io.infrabridge.contract.EventType;
import io.infrabridge.contract.Operation;
import io.infrabridge.contract.Risk;
import io.infrabridge.contract.State;
import io.infrabridge.contract.Topics;
import io.infrabridge.gateway.problem.Outcome;
import io.infrabridge.gateway.problem.Refusal;
import io.infrabridge.gateway.security.Caller;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;

/** Takes a request: resolves it, publishes its command, and waits for the end as long as the caller wants. */
@Singleton
public final class SubmitOperation {
    private final RequestResolver resolver;
    private final Attendance attendance;
    private final SignedPublisher publisher;
    private final OngoingOperations ongoing;
    private final RefusedRequests refusals;

    SubmitOperation(
            RequestResolver resolver,
            Attendance attendance,
            SignedPublisher publisher,
            OngoingOperations ongoing,
            RefusedRequests refusals) {
        this.resolver = resolver;
        this.attendance = attendance;
        this.publisher = publisher;
        this.ongoing = ongoing;
        this.refusals = refusals;
    }

    public Uni<Submission> submit(OperationRequest request, Caller caller, Waiting waiting) {
        Outcome<Resolved> resolved = resolver.resolve(request, caller).then(attendance::check);
        if (resolved instanceof Outcome.Refused<Resolved> refused) {
            return Uni.createFrom().item(refuse(request, caller, refused.refusal()));
        }
        Resolved what = ((Outcome.Passed<Resolved>) resolved).value();
        Command command = Commands.of(request, what, caller);
        Known.Sent sent = new Known.Sent(what.domain(), Commands.hash(request, what), command.deadline());
        Operation accepted = Operation.accepted(command, RefusedRequests.traceId());
        boolean askAudit = request.idempotencyKey().isPresent() && what.action().risk() != Risk.READ;
        return ongoing.begin(accepted, sent, askAudit)
                .chain(before -> before.map(known -> repeated(request, caller, known, what, waiting))
                        .orElseGet(() -> publish(request, caller, command, accepted, what, waiting)));
    }

    /** For requests that were refused before they could be understood. */
    public Submission.Refused refuse(OperationRequest request, Caller caller, Refusal refusal) {
        return refusals.record(request, caller, resolver.actionOf(request), refusal);
    }

    private Uni<Submission> publish(
            OperationRequest request,
            Caller caller,
            Command command,
            Operation accepted,
            Resolved what,
            Waiting waiting) {
        Envelope envelope = new Envelope(command.id(), "/" + command.issuer(), EventType.COMMAND, command.createdAt());
        return publisher
                .publish(Topics.commands(what.domain()), command.target(), envelope, command)
                .invoke(() -> waiting.listener().accept(new Update.Changed(accepted)))
                .chain(() -> ongoing.end(accepted, waiting))
                .<Submission>map(Submission.Taken::new)
                .onFailure(BusUnavailable.class)
                .recoverWithItem(failure -> {
                    ongoing.forget(command.id());
                    return refuse(request, caller, away(command, (BusUnavailable) failure));
                });
    }

    private Uni<Submission> repeated(
            OperationRequest request, Caller caller, Known before, Resolved what, Waiting waiting) {
        boolean same = before.sent()
                .map(sent -> sent.requestHash().equals(Commands.hash(request, what)))
                .orElseGet(() -> Commands.alike(before.operation(), request, what));
        if (same) {
            waiting.listener().accept(new Update.Changed(before.operation()));
        }
        if (same && before.operation().state() == State.AWAITING_APPROVAL) {
            return Uni.createFrom().item(new Submission.Taken(before.operation()));
        }
        return same
                ? ongoing.end(before.operation(), waiting).map(Submission.Taken::new)
                : Uni.createFrom()
                        .item(refuse(
                                request,
                                caller,
                                Refusal.of(
                                        Category.CONFLICT,
                                        "The idempotency key was used for another request, operation "
                                                + before.operation().id() + ".",
                                        "Use a new key for a new request.")));
    }

    private static Refusal away(Command command, BusUnavailable failure) {
        return Refusal.of(
                Category.BUS_UNAVAILABLE,
                "The command could not be published: " + failure.getMessage(),
                failure.perhapsWritten()
                        ? "It may still run, as operation " + command.id()
                                + ": look there first, or repeat it with the same Idempotency-Key."
                        : "Nothing was published. Try again in a moment.");
    }
}
