package io.infrabridge.gateway.rest;

import io.infrabridge.contract.Category;
import io.infrabridge.gateway.problem.Problem;
import io.infrabridge.gateway.problem.Refusal;
import jakarta.inject.Singleton;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;
import java.util.Optional;
import java.util.UUID;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** Says as a problem what the framework refuses, and nothing of the inside where something broke. */
@Singleton
public final class ErrorAnswers {
    private static final Logger LOG = Logger.getLogger(ErrorAnswers.class);

    @ServerExceptionMapper
    public Response refused(WebApplicationException failure) {
        int status = failure.getResponse().getStatus();
        Refusal refusal =
                switch (status) {
                    case 404 ->
                        Refusal.of(
                                Category.NOT_FOUND,
                                "There is nothing at this path.",
                                "See /q/openapi for what there is.");
                    case 405 ->
                        Refusal.of(
                                Category.INVALID_REQUEST,
                                "The path does not know this method.",
                                "See /q/openapi for what it knows.");
                    case 406 ->
                        Refusal.of(
                                Category.INVALID_REQUEST,
                                "There is no such form of the answer.",
                                "Accept application/json, or text/event-stream for events.");
                    case 413 -> Refusal.of(Category.PAYLOAD_TOO_LARGE, "The request body is too long.", "Send less.");
                    case 415 ->
                        Refusal.of(
                                Category.INVALID_REQUEST,
                                "The body has another content type than this path reads.",
                                "Send the header Content-Type: application/json.");
                    default ->
                        Refusal.of(
                                status < 500 ? Category.INVALID_REQUEST : Category.INTERNAL,
                                "The request was refused: "
                                        + failure.getResponse().getStatusInfo(),
                                "See /q/openapi.");
                };
        return Answers.problem(Problem.of(refusal, status, Optional.empty()));
    }

    @ServerExceptionMapper
    public Response broken(Exception failure) {
        String reference = UUID.randomUUID().toString();
        LOG.errorf(failure, "error %s", reference);
        return Answers.problem(Refusal.of(
                Category.INTERNAL, "Something broke here; it is in the log as " + reference + ".", "Report it."));
    }
}
