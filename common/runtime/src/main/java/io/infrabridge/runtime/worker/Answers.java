package io.infrabridge.runtime.worker;

import com.fasterxml.jackson.databind.JsonNode;
import io.infrabridge.contract.Command;
import io.infrabridge.contract.DeadLetter;
import io.infrabridge.contract.EventType;
import io.infrabridge.contract.Failure;
import io.infrabridge.contract.Json;
import io.infrabridge.contract.Operation;
import io.infrabridge.contract.Progress;
import io.infrabridge.contract.State;
import io.infrabridge.contract.Topics;
import io.infrabridge.runtime.disclosure.Disclosure;
import io.infrabridge.runtime.execution.Ended;
import io.infrabridge.runtime.worker.approval.Parked;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.context.Context;
import io.smallrye.mutiny.Uni;
import java.time.Clock;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import org.jboss.logging.Logger;

/** What a worker says about commands: results, progress and dead letters. */
final class Answers {
    private static final Logger LOG = Logger.getLogger(Answers.class);

    private final Publisher publisher;
    private final String worker;
    private final Clock clock;

    Answers(Publisher publisher, String worker, Clock clock) {
        this.publisher = publisher;
        this.worker = worker;
        this.clock = clock;
    }

    /** The result's bytes for an operation that ran. */
    byte[] result(Task task, Ended ended, Instant startedAt, Context trace) {
        Disclosure disclosure = Disclosure.of(task.input());
        Operation accepted = Operation.accepted(task.command(), traceId(trace));
        return Json.bytes(new Operation(
                accepted.id(),
                accepted.issuer(),
                accepted.tool(),
                accepted.action(),
                accepted.target(),
                ended.state(),
                Optional.of(ended.changed()),
                accepted.dryRun(),
                ended.output().<JsonNode>map(output -> disclosure.tree(Json.tree(output))),
                ended.failure().map(disclosure::failure),
                ended.steps().stream().map(disclosure::step).toList(),
                ended.execution(),
                accepted.caller(),
                accepted.reason(),
                accepted.parentId(),
                accepted.createdAt(),
                Optional.of(startedAt),
                Optional.of(clock.instant()),
                accepted.traceId(),
                Optional.of(worker),
                task.clearance().parked().map(Parked::approval),
                task.standing().last()));
    }

    /** The result's bytes for an operation that did not run. */
    byte[] refusal(Incoming.Refused refused, Context trace) {
        Operation accepted = Operation.accepted(refused.command(), traceId(trace));
        return Json.bytes(refused.policy()
                .map(accepted::under)
                .orElse(accepted)
                .ended(State.REJECTED, Disclosure.usual().failure(refused.failure()), clock.instant()));
    }

    /** The same for one that waited for approval: what it would have run and who decided is told. */
    byte[] refusal(Task task, State state, Failure failure) {
        Failure told = Disclosure.of(task.input()).failure(failure);
        return Json.bytes(standing(task).ended(state, told, clock.instant()));
    }

    /** The same for one of which nothing but its command is known any more. */
    byte[] refusal(Command command, State state, Failure failure, Context trace) {
        Operation accepted = Operation.accepted(command, traceId(trace));
        return Json.bytes(accepted.ended(state, Disclosure.usual().failure(failure), clock.instant()));
    }

    /** The operation before its end. */
    Operation standing(Task task) {
        Operation accepted = Operation.accepted(task.command(), traceId(task.trace()));
        Operation decided = task.standing().last().map(accepted::under).orElse(accepted);
        Disclosure disclosure = Disclosure.of(task.input());
        return task.clearance()
                .parked()
                .map(parked -> decided.approved(
                        parked.plan().stream().map(disclosure::step).toList(), parked.approval()))
                .orElse(decided);
    }

    /** The event id derives from the operation, so that a result that is published again is known as the same event. */
    Uni<Void> publishResult(String operationId, byte[] result, Context trace) {
        return publisher.publishRaw(
                Topics.RESULTS, operationId, operationId + ":result", EventType.RESULT, result, trace);
    }

    /** Progress may be lost: a failure to publish it is logged and changes nothing. */
    void publishProgress(Command command, State state, int step, int steps, String message, Context trace) {
        Progress progress = new Progress(
                command.id(),
                command.issuer(),
                state,
                step,
                steps,
                Disclosure.usual().text(message),
                clock.instant());
        publisher
                .publish(
                        Topics.PROGRESS,
                        command.id(),
                        command.id() + ":progress:" + state + ":" + step,
                        EventType.PROGRESS,
                        progress,
                        trace)
                .subscribe()
                .with(done -> {}, failure -> LOG.debugf("progress of %s was not published: %s", command.id(), failure));
    }

    Uni<Void> setAside(Received record, Failure failure) {
        String id = record.topic() + ":" + record.partition() + ":" + record.offset();
        DeadLetter letter = new DeadLetter(
                id,
                record.topic(),
                record.partition(),
                record.offset(),
                Optional.ofNullable(record.key()),
                Base64.getEncoder().encodeToString(record.value()),
                record.headers(),
                Disclosure.usual().failure(failure),
                worker,
                clock.instant());
        LOG.warnf("set aside %s: %s: %s", id, failure.category(), failure.message());
        return publisher.publish(
                Topics.DEAD_LETTERS, record.topic(), id, EventType.DEAD_LETTER, letter, Context.root());
    }

    private static Optional<String> traceId(Context trace) {
        SpanContext span = Span.fromContext(trace).getSpanContext();
        return span.isValid() ? Optional.of(span.getTraceId()) : Optional.empty();
    }
}
