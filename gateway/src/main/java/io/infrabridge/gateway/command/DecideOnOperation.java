package io.infrabridge.gateway.command;

import io.infrabridge.contract.Approval;
import io.infrabridge.contract.ApprovalAnswered;
import io.infrabridge.contract.ApprovalDecision;
import io.infrabridge.contract.Category;
import io.infrabridge.contract.Domain;
import io.infrabridge.contract.Envelope;
import io.infrabridge.contract.EventType;
import io.infrabridge.contract.Failure;
import io.infrabridge.contract.Operation;
import io.infrabridge.contract.State;
import io.infrabridge.contract.Topics;
import io.infrabridge.gateway.problem.Outcome;
import io.infrabridge.gateway.problem.PropertyError;
import io.infrabridge.gateway.problem.Refusal;
import io.infrabridge.gateway.security.Caller;
import io.infrabridge.gateway.security.ServiceName;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/** Takes a decision to the worker that holds the plan, and its answer back; whether it counts, the worker says. */
@Singleton
public final class DecideOnOperation {
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final FindOperation finder;
    private final RecentOperations operations;
    private final Authorship authorship;
    private final SignedPublisher publisher;
    private final DecisionAnswers answers;

    DecideOnOperation(
            FindOperation finder,
            RecentOperations operations,
            Authorship authorship,
            SignedPublisher publisher,
            DecisionAnswers answers) {
        this.finder = finder;
        this.operations = operations;
        this.authorship = authorship;
        this.publisher = publisher;
        this.answers = answers;
    }

    /** The operation as it stands after the decision. */
    public Uni<Outcome<Operation>> decide(String id, DecisionRequest request, Caller caller) {
        return finder.find(id).chain(found -> {
            Outcome<Domain> domain = found.then(operation -> decidable(operation, request));
            if (domain instanceof Outcome.Refused<Domain> refused) {
                return Uni.createFrom().item(Outcome.refused(refused.refusal()));
            }
            Operation operation = ((Outcome.Passed<Operation>) found).value();
            return publish(operation, ((Outcome.Passed<Domain>) domain).value(), request, caller);
        });
    }

    /** One approves what one saw: the plan is named, or nothing is decided. */
    private Outcome<Domain> decidable(Operation operation, DecisionRequest request) {
        Optional<Approval> approval = operation.approval();
        if (operation.state() != State.AWAITING_APPROVAL || approval.isEmpty()) {
            return Outcome.refused(Refusal.of(
                    Category.CONFLICT,
                    "The operation does not await approval: " + operation.state() + ".",
                    "Nothing has to be decided; look at its state."));
        }
        String current = approval.get().planHash();
        if (request.planHash().isEmpty()) {
            return Outcome.refused(Refusal.of(
                    Category.MISSING_PROPERTY,
                    "The decision does not say which plan it is about.",
                    "Read the operation's steps, then send their plan_hash: " + current + ".",
                    PropertyError.of("/plan_hash", "is missing", current)));
        }
        if (!request.planHash().get().equals(current)) {
            return Outcome.refused(Refusal.of(
                    Category.CONFLICT,
                    "The decision is about another plan than the one that waits.",
                    "Read the operation's steps again; their plan_hash is " + current + "."));
        }
        return authorship
                .domain(operation)
                .map(Outcome::passed)
                .orElseGet(() -> Outcome.refused(Refusal.of(
                        Category.WORKER_UNAVAILABLE,
                        "No worker offers " + operation.tool() + " any more.",
                        "Try again when its worker is back.")));
    }

    private Uni<Outcome<Operation>> publish(
            Operation operation, Domain domain, DecisionRequest request, Caller caller) {
        Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
        ApprovalDecision decision = new ApprovalDecision(
                OperationId.at(now),
                ServiceName.GATEWAY,
                operation.id(),
                operation.issuer(),
                operation.target(),
                request.planHash().orElseThrow(),
                request.verdict(),
                request.kind(),
                caller.name(),
                caller.roles(),
                request.comment(),
                now);
        Envelope envelope = new Envelope(decision.id(), "/" + ServiceName.GATEWAY, EventType.APPROVAL_DECISION, now);
        Uni<Void> sending = publisher.publish(Topics.commands(domain), operation.target(), envelope, decision);
        return answers.after(sending, decision.id(), PATIENCE)
                .map(answer -> outcome(operation, answer))
                .onFailure(BusUnavailable.class)
                .recoverWithItem(failure -> Outcome.refused(Refusal.of(
                        Category.BUS_UNAVAILABLE,
                        "The decision could not be published: " + failure.getMessage(),
                        "Look at the operation, then decide again if it still waits.")));
    }

    private Outcome<Operation> outcome(Operation before, Optional<ApprovalAnswered> answer) {
        Optional<Failure> refusal = answer.flatMap(ApprovalAnswered::refusal);
        if (refusal.isPresent()) {
            Failure failure = refusal.get();
            return Outcome.refused(Refusal.of(failure.category(), failure.message(), failure.hint()));
        }
        Operation now = operations.find(before.id()).map(Known::operation).orElse(before);
        return Outcome.passed(answer.isPresent() || now.state().terminal() ? now : now.with(unanswered()));
    }

    private static Failure unanswered() {
        return Failure.of(
                Category.WORKER_UNAVAILABLE,
                "The decision was published; its worker has not answered it yet.",
                "It will when it is back: look at the operation again.");
    }
}
