package io.infrabridge.gateway.rest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.infrabridge.contract.Json;
import io.infrabridge.contract.Operation;
import io.infrabridge.gateway.command.CancelOperation;
import io.infrabridge.gateway.command.FindOperation;
import io.infrabridge.gateway.command.OperationRequest;
import io.infrabridge.gateway.command.SubmitOperation;
import io.infrabridge.gateway.problem.Outcome;
import io.infrabridge.gateway.problem.Problem;
import io.infrabridge.gateway.security.Caller;
import io.quarkus.security.identity.SecurityIdentity;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Operations over HTTP. */
@Singleton
@Path("/api/v1/operations")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Operations")
@APIResponse(
        responseCode = "default",
        description = "Why the gateway refused",
        content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
public final class OperationsResource {
    private static final String PREFERENCES =
            "wait=N: seconds to wait for the end; cancel-on-disconnect: stop the operation"
                    + " when the connection is lost before the answer";

    private final SubmitOperation submit;
    private final FindOperation find;
    private final CancelOperation cancel;
    private final SecurityIdentity identity;
    private final Waits waits;

    OperationsResource(
            SubmitOperation submit,
            FindOperation find,
            CancelOperation cancel,
            SecurityIdentity identity,
            Waits waits) {
        this.submit = submit;
        this.find = find;
        this.cancel = cancel;
        this.identity = identity;
        this.waits = waits;
    }

    /** Takes a request; 200 when it ended within the wait, however it ended, else 202. */
    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @RequestBody(
            required = true,
            content = @Content(schema = @Schema(implementation = Documents.OperationRequestDocument.class)))
    @APIResponse(
            responseCode = "200",
            description = "The operation has ended",
            content = @Content(schema = @Schema(implementation = Operation.class)))
    @APIResponse(
            responseCode = "202",
            description = "The operation goes on; Location says where to look",
            content = @Content(schema = @Schema(implementation = Operation.class)))
    public Uni<Response> submit(
            byte[] body,
            @HeaderParam("Idempotency-Key") Optional<String> idempotencyKey,
            @Parameter(description = PREFERENCES) @HeaderParam("Prefer") Optional<String> prefer) {
        Caller caller = Caller.of(identity);
        Outcome<OperationRequest> read = io.infrabridge.gateway.rest.RequestBody.operation(body, idempotencyKey);
        if (read instanceof Outcome.Refused<OperationRequest> refused) {
            return Uni.createFrom().item(Answers.submission(submit.refuse(unreadable(), caller, refused.refusal())));
        }
        OperationRequest request = ((Outcome.Passed<OperationRequest>) read).value();
        return submit.submit(request, caller, waits.of(prefer, caller)).map(Answers::submission);
    }

    @GET
    @Path("{id}")
    @APIResponse(
            responseCode = "200",
            description = "The operation as it stands",
            content = @Content(schema = @Schema(implementation = Operation.class)))
    public Uni<Response> get(@PathParam("id") String id) {
        return find.find(id).map(found -> Answers.outcome(found, Answers::json));
    }

    /** What this replica remembers, newest first; the audit has the rest. */
    @GET
    @APIResponse(
            responseCode = "200",
            description = "One page",
            content = @Content(schema = @Schema(implementation = Documents.OperationPage.class)))
    public Response list(
            @QueryParam("state") Optional<String> state,
            @QueryParam("tool") Optional<String> tool,
            @QueryParam("target") Optional<String> target,
            @QueryParam("cursor") Optional<String> cursor,
            @QueryParam("limit") Optional<Integer> limit) {
        return Answers.outcome(
                OperationFilter.of(state, tool, target, cursor, limit),
                filter -> Answers.json(filter.page(find.recent(filter))));
    }

    /** Asks the worker to stop it; 202, because only the worker can say how it ends. */
    @POST
    @Path("{id}/cancel")
    @APIResponse(
            responseCode = "202",
            description = "The cancellation was published",
            content = @Content(schema = @Schema(implementation = Operation.class)))
    public Uni<Response> cancel(@PathParam("id") String id, byte[] body) {
        Caller caller = Caller.of(identity);
        Outcome<ObjectNode> read = io.infrabridge.gateway.rest.RequestBody.object(body);
        if (read instanceof Outcome.Refused<ObjectNode> refused) {
            return Uni.createFrom().item(Answers.problem(refused.refusal()));
        }
        Optional<String> reason = Optional.of(
                        ((Outcome.Passed<ObjectNode>) read).value().path("reason"))
                .filter(JsonNode::isTextual)
                .map(JsonNode::asText)
                .filter(text -> !text.isBlank() && text.length() <= 2000);
        return cancel.cancel(id, reason, caller).map(done -> Answers.outcome(done, Answers::accepted));
    }

    private static OperationRequest unreadable() {
        return new OperationRequest(
                "unknown", Json.object(), false, Optional.empty(), Optional.empty(), Optional.empty(), false);
    }
}
