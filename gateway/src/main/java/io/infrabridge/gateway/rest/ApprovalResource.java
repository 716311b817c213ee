package io.infrabridge.gateway.rest;

import io.infrabridge.contract.Operation;
import io.infrabridge.gateway.command.DecideOnOperation;
import io.infrabridge.gateway.command.DecisionRequest;
import io.infrabridge.gateway.problem.Outcome;
import io.infrabridge.gateway.problem.Problem;
import io.infrabridge.gateway.security.Caller;
import io.quarkus.security.identity.SecurityIdentity;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Decisions on operations that wait for people. */
@Singleton
@Path("/api/v1/operations/{id}/approval")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Operations")
@APIResponse(
        responseCode = "default",
        description = "Why the decision does not count",
        content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
public final class ApprovalResource {
    private final DecideOnOperation decide;
    private final SecurityIdentity identity;

    ApprovalResource(DecideOnOperation decide, SecurityIdentity identity) {
        this.decide = decide;
        this.identity = identity;
    }

    /** Decides on the very plan that its plan_hash names; 200 when the operation has ended by it, else 202. */
    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @RequestBody(
            required = true,
            content = @Content(schema = @Schema(implementation = Documents.ApprovalDocument.class)))
    @APIResponse(
            responseCode = "200",
            description = "The operation has ended by this decision",
            content = @Content(schema = @Schema(implementation = Operation.class)))
    @APIResponse(
            responseCode = "202",
            description = "The decision was counted; the operation waits for others or is run",
            content = @Content(schema = @Schema(implementation = Operation.class)))
    public Uni<Response> decide(@PathParam("id") String id, byte[] body) {
        Caller caller = Caller.of(identity);
        Outcome<DecisionRequest> read =
                io.infrabridge.gateway.rest.RequestBody.object(body).then(DecisionRequest::read);
        return read instanceof Outcome.Passed<DecisionRequest> passed
                ? decide.decide(id, passed.value(), caller).map(done -> Answers.outcome(done, Answers::operation))
                : Uni.createFrom().item(Answers.problem(((Outcome.Refused<DecisionRequest>) read).refusal()));
    }
}
