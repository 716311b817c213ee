package io.infrabridge.gateway.rest;

import io.infrabridge.contract.Category;
import io.infrabridge.contract.Failure;
import io.infrabridge.contract.Json;
import io.infrabridge.contract.Operation;
import io.infrabridge.contract.PolicyVerdict;
import io.infrabridge.contract.State;
import io.infrabridge.gateway.audit.AuditAnswer;
import io.infrabridge.gateway.command.Submission;
import io.infrabridge.gateway.problem.Outcome;
import io.infrabridge.gateway.problem.Problem;
import io.infrabridge.gateway.problem.Refusal;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;

/** Values of this service as HTTP responses; bodies are written by the contract's own JSON. */
final class Answers {
    static final String OPERATIONS = "/api/v1/operations/";

    private Answers() {}

    static Response json(Object value) {
        return json(200, value);
    }

    static Response operation(Operation operation) {
        return operation.state().terminal() ? json(200, operation) : accepted(operation);
    }

    /** The operation goes on; where to look is said too. */
    static Response accepted(Operation operation) {
        return Response.fromResponse(json(202, operation))
                .header("Location", OPERATIONS + operation.id())
                .build();
    }

    /** Something goes on that has no state to ask for. */
    static Response published(Object value) {
        return json(202, value);
    }

    static Response submission(Submission submission) {
        if (submission instanceof Submission.Refused refused) {
            return problem(
                    refused.refusal().onRecord()
                            ? Problem.of(refused.refusal(), refused.operation().id())
                            : Problem.of(refused.refusal()));
        }
        Operation operation = submission.operation();
        return operation
                .error()
                .filter(failure -> failure.category() == Category.RATE_LIMITED
                        || (failure.category() == Category.OVERLOADED && operation.state() == State.REJECTED))
                .map(failure -> tooMany(operation, failure))
                .orElseGet(() -> operation(operation));
    }

    /** A worker had no room for it: HTTP has a word for that, and a header for when to come again. */
    private static Response tooMany(Operation operation, Failure failure) {
        Problem problem = Problem.of(Refusal.of(failure.category(), failure.message(), failure.hint()), operation.id());
        return Response.fromResponse(problem(problem))
                .header("Retry-After", null)
                .header("Retry-After", secondsUntil(operation.policy().flatMap(PolicyVerdict::retryAt)))
                .build();
    }

    private static long secondsUntil(Optional<Instant> retryAt) {
        return retryAt.map(at ->
                        Duration.between(Instant.now(), at).plusMillis(999).toSeconds())
                .filter(seconds -> seconds > 0)
                .orElse((long) Problem.RETRY_AFTER_SECONDS);
    }

    static Response audit(Outcome<AuditAnswer> outcome) {
        return outcome(
                outcome,
                answer -> Response.status(answer.status())
                        .type(answer.contentType())
                        .entity(answer.body())
                        .build());
    }

    static <T> Response outcome(Outcome<T> outcome, Function<T, Response> passed) {
        return outcome instanceof Outcome.Passed<T> there
                ? passed.apply(there.value())
                : problem(((Outcome.Refused<T>) outcome).refusal());
    }

    static Response problem(Refusal refusal) {
        return problem(Problem.of(refusal));
    }

    static Response problem(Problem problem) {
        Response.ResponseBuilder response =
                Response.status(problem.status()).type(Problem.MEDIA_TYPE).entity(problem.json());
        return problem.passing()
                ? response.header("Retry-After", Problem.RETRY_AFTER_SECONDS).build()
                : response.build();
    }

    private static Response json(int status, Object value) {
        return Response.status(status)
                .type(MediaType.APPLICATION_JSON)
                .entity(Json.bytes(value))
                .build();
    }
}
