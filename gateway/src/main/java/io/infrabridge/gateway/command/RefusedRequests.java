package io.infrabridge.gateway.command;

import io.infrabridge.contract.Category;
import io.infrabridge.contract.Envelope;
import io.infrabridge.contract.EventType;
import io.infrabridge.contract.Operation;
import io.infrabridge.contract.OperationDescriptor;
import io.infrabridge.contract.State;
import io.infrabridge.contract.Topics;
import io.infrabridge.gateway.problem.Refusal;
import io.infrabridge.gateway.security.Caller;
import io.infrabridge.gateway.security.ServiceName;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jboss.logging.Logger;

/** Puts a refused request on record as a rejected operation, so that the audit knows who tried what. */
@Singleton
final class RefusedRequests {
    private static final Logger LOG = Logger.getLogger(RefusedRequests.class);
    private static final String UNKNOWN = "unknown";

    private final SignedPublisher publisher;
    private final OperationMetrics metrics;
    private final Clock clock;

    RefusedRequests(SignedPublisher publisher, OperationMetrics metrics, Clock clock) {
        this.publisher = publisher;
        this.metrics = metrics;
        this.clock = clock;
    }

    /** Does not wait for Kafka: the caller gets his answer, and what could not be published is in the log. */
    Submission.Refused record(
            OperationRequest request, Caller caller, Optional<OperationDescriptor> action, Refusal refusal) {
        metrics.refused(refusal);
        Operation operation = rejected(request, caller, action, refusal);
        if (!refusal.onRecord()) {
            return new Submission.Refused(operation, refusal);
        }
        if (refusal.category() == Category.BUS_UNAVAILABLE) {
            log(operation, refusal);
        } else {
            publisher
                    .publish(
                            Topics.RESULTS,
                            operation.id(),
                            new Envelope(
                                    operation.id() + ":rejected",
                                    "/" + ServiceName.GATEWAY,
                                    EventType.RESULT,
                                    operation.createdAt()),
                            operation)
                    .subscribe()
                    .with(done -> {}, failure -> log(operation, refusal));
        }
        return new Submission.Refused(operation, refusal);
    }

    private Operation rejected(
            OperationRequest request, Caller caller, Optional<OperationDescriptor> action, Refusal refusal) {
        Instant now = clock.instant();
        return new Operation(
                OperationId.at(now),
                ServiceName.GATEWAY,
                request.tool().matches("[A-Za-z0-9][A-Za-z0-9._:-]{0,127}") ? request.tool() : UNKNOWN,
                action.map(OperationDescriptor::action).orElse(UNKNOWN),
                request.remoteTarget().map(RefusedRequests::clipped).orElse(UNKNOWN),
                State.REJECTED,
                Optional.of(false),
                request.dryRun(),
                Optional.empty(),
                Optional.of(refusal.failure()),
                List.of(),
                Optional.empty(),
                caller.name(),
                request.reason(),
                Optional.empty(),
                now,
                Optional.empty(),
                Optional.of(now),
                traceId(),
                Optional.empty(),
                Optional.empty(),
                refusal.policy());
    }

    static Optional<String> traceId() {
        SpanContext span = Span.current().getSpanContext();
        return span.isValid() ? Optional.of(span.getTraceId()) : Optional.empty();
    }

    private static String clipped(String text) {
        return text.length() <= 253 ? text : text.substring(0, 253);
    }

    private static void log(Operation operation, Refusal refusal) {
        LOG.warnf(
                "refused %s of %s as %s (%s) without a record on the bus: %s",
                operation.tool(), operation.caller(), operation.id(), refusal.category(), refusal.message());
    }
}
