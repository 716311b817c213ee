package io.infrabridge.runtime.worker;

import io.infrabridge.contract.ApprovalAnswered;
import io.infrabridge.contract.ApprovalDecision;
import io.infrabridge.contract.EventType;
import io.infrabridge.contract.Failure;
import io.infrabridge.contract.Json;
import io.infrabridge.contract.State;
import io.infrabridge.contract.Topics;
import io.infrabridge.runtime.worker.approval.Parked;
import io.opentelemetry.context.Context;
import io.smallrye.mutiny.Uni;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Optional;
import java.util.UUID;

/** What a worker says about operations that wait for people. */
final class ApprovalMessages {
    private final Answers answers;
    private final Publisher publisher;
    private final String worker;
    private final Clock clock;

    ApprovalMessages(Answers answers, Publisher publisher, String worker, Clock clock) {
        this.answers = answers;
        this.publisher = publisher;
        this.worker = worker;
        this.clock = clock;
    }

    /** It waits, with these decisions so far. */
    Uni<Void> waiting(Task task) {
        answers.publishProgress(task.command(), State.AWAITING_APPROVAL, 0, 0, "waits for approval", task.trace());
        return told(task, State.AWAITING_APPROVAL);
    }

    /** Enough people have approved it. */
    Uni<Void> approved(Task task) {
        return told(task, State.RUNNING);
    }

    /** It waits no longer and was not run; the result's own bytes. */
    Uni<Void> ended(Task task, byte[] result) {
        return publish(task, "ended", result);
    }

    Uni<Void> answered(ApprovalDecision decision, Optional<State> state, Optional<Failure> refusal) {
        ApprovalAnswered answer = new ApprovalAnswered(
                decision.id(),
                decision.operationId(),
                decision.operationIssuer(),
                decision.target(),
                decision.caller(),
                state,
                refusal,
                worker,
                clock.instant());
        return publisher.publish(
                Topics.APPROVALS,
                decision.operationId(),
                id(decision.issuer(), decision.id(), "answer"),
                EventType.APPROVAL_ANSWERED,
                answer,
                Context.root());
    }

    private Uni<Void> told(Task task, State state) {
        int decisions =
                task.clearance().parked().map(Parked::decisions).orElseThrow().size();
        return publish(
                task, state + " " + decisions, Json.bytes(answers.standing(task).in(state)));
    }

    private Uni<Void> publish(Task task, String what, byte[] operation) {
        return publisher.publishRaw(
                Topics.APPROVALS,
                task.command().id(),
                id(task.command().issuer(), task.command().id(), what),
                EventType.APPROVAL_REQUESTED,
                operation,
                task.trace());
    }

    /** The same for the same event, however often it is told. */
    private static String id(String issuer, String id, String what) {
        return UUID.nameUUIDFromBytes((issuer + "/" + id + "/" + what).getBytes(StandardCharsets.UTF_8))
                .toString();
    }
}
