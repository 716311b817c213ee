package io.infrabridge.gateway.command;

import io.infrabridge.contract.Category;
import io.infrabridge.contract.Command;
import io.infrabridge.contract.Operation;
import io.infrabridge.contract.Risk;
import io.infrabridge.contract.State;
import io.infrabridge.gateway.problem.Outcome;
import io.infrabridge.gateway.problem.Refusal;
import io.infrabridge.gateway.security.Caller;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;

/** Takes a request: resolves it, has its command accepted, and waits for the end as long as the caller wants. */
@Singleton
public final class SubmitOperation {
    private final RequestResolver resolver;
    private final Admission admission;
    private final Acceptance acceptance;
    private final OngoingOperations ongoing;
    private final RefusedRequests refusals;

    SubmitOperation(
            RequestResolver resolver,
            Admission admission,
            Acceptance acceptance,
            OngoingOperations ongoing,
            RefusedRequests refusals) {
        this.resolver = resolver;
        this.admission = admission;
        this.acceptance = acceptance;
        this.ongoing = ongoing;
        this.refusals = refusals;
    }

    public Uni<Submission> submit(OperationRequest request, Caller caller, Waiting waiting) {
        return Uni.createFrom()
                .deferred(() -> admission.enter(caller) instanceof Outcome.Refused<Caller> full
                        ? Uni.createFrom().item(refuse(request, caller, full.refusal()))
                        : admitted(request, caller, waiting).onTermination().invoke(() -> admission.leave(caller)));
    }

    private Uni<Submission> admitted(OperationRequest request, Caller caller, Waiting waiting) {
        Outcome<Resolved> resolved = resolver.resolve(request, caller).then(admission::check);
        if (resolved instanceof Outcome.Refused<Resolved> refused) {
            return Uni.createFrom().item(refuse(request, caller, refused.refusal()));
        }
        Resolved what = ((Outcome.Passed<Resolved>) resolved).value();
        Command command = Commands.of(request, what, caller);
        return acceptance
                .accept(command, what.domain(), what.action().risk() != Risk.READ)
                .chain(accepted -> answer(accepted, command, waiting))
                .onFailure(BusUnavailable.class)
                .recoverWithItem(failure -> Outcome.refused(away(command, (BusUnavailable) failure)))
                .map(outcome -> outcome instanceof Outcome.Passed<Operation> passed
                        ? new Submission.Taken(passed.value())
                        : refuse(request, caller, ((Outcome.Refused<Operation>) outcome).refusal()));
    }

    /** For requests that were refused before they could be understood. */
    public Submission.Refused refuse(OperationRequest request, Caller caller, Refusal refusal) {
        return refusals.record(request, caller, resolver.actionOf(request), refusal);
    }

    private Uni<Outcome<Operation>> answer(Acceptance.Accepted accepted, Command command, Waiting waiting) {
        if (accepted instanceof Acceptance.Accepted.Now now) {
            return end(now.operation(), waiting);
        }
        if (accepted instanceof Acceptance.Accepted.Before before) {
            return same(before.known(), command)
                    ? end(before.known().operation(), waiting)
                    : Uni.createFrom().item(Outcome.refused(conflict(command.id())));
        }
        return Uni.createFrom()
                .item(Outcome.refused(
                        accepted instanceof Acceptance.Accepted.Conflict ? conflict(command.id()) : noRoomForKeys()));
    }

    /** Who asks again for one that waits for other people is told that it does. */
    private Uni<Outcome<Operation>> end(Operation begun, Waiting waiting) {
        waiting.listener().accept(new Update.Changed(begun));
        return begun.state() == State.AWAITING_APPROVAL
                ? Uni.createFrom().item(Outcome.passed(begun))
                : ongoing.end(begun, waiting).map(Outcome::passed);
    }

    private static boolean same(Known before, Command command) {
        return before.sent()
                .map(sent -> sent.requestHash().equals(Commands.hash(command)))
                .orElseGet(() -> Commands.alike(before.operation(), command));
    }

    private static Refusal conflict(String id) {
        return Refusal.of(
                Category.CONFLICT,
                "The idempotency key was used for another request, operation " + id + ".",
                "Use a new key for a new request.");
    }

    private static Refusal noRoomForKeys() {
        return Refusal.of(
                Category.OVERLOADED,
                "This gateway can remember no further idempotency key, and forgets none early.",
                "Ask later, or raise infrabridge.operations.remembered-keys.");
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
