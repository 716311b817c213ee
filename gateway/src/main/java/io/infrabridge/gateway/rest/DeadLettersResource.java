package io.infrabridge.gateway.rest;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.infrabridge.contract.Category;
import io.infrabridge.contract.DeadLetter;
import io.infrabridge.gateway.command.DeadLetters;
import io.infrabridge.gateway.command.ReplayDeadLetter;
import io.infrabridge.gateway.problem.Outcome;
import io.infrabridge.gateway.problem.Problem;
import io.infrabridge.gateway.problem.PropertyError;
import io.infrabridge.gateway.problem.Refusal;
import io.infrabridge.gateway.security.Caller;
import io.quarkus.security.identity.SecurityIdentity;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** What was set aside because nobody could or would process it. */
@Singleton
@Path("/api/v1/dead-letters")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Dead letters")
@APIResponse(
        responseCode = "default",
        description = "Why the gateway refused",
        content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
public final class DeadLettersResource {
    private final DeadLetters letters;
    private final ReplayDeadLetter replay;
    private final SecurityIdentity identity;

    DeadLettersResource(DeadLetters letters, ReplayDeadLetter replay, SecurityIdentity identity) {
        this.letters = letters;
        this.replay = replay;
        this.identity = identity;
    }

    /** One page, newest first, without the values; the audit has them a moment after they were set aside. */
    @GET
    @APIResponse(
            responseCode = "200",
            description = "One page",
            content = @Content(schema = @Schema(implementation = Documents.DeadLetterPage.class)))
    public Uni<Response> list(
            @Parameter(description = "where they come from") @QueryParam("topic") Optional<String> topic,
            @Parameter(description = "an RFC 3339 time") @QueryParam("since") Optional<String> since,
            @QueryParam("cursor") Optional<String> cursor,
            @QueryParam("limit") Optional<String> limit) {
        Map<String, String> parameters = new LinkedHashMap<>();
        topic.ifPresent(value -> parameters.put("key", value));
        since.ifPresent(value -> parameters.put("from", value));
        cursor.ifPresent(value -> parameters.put("cursor", value));
        limit.ifPresent(value -> parameters.put("limit", value));
        return letters.list(parameters)
                .map(found -> Answers.outcome(found, page -> Answers.json(Documents.DeadLetterPage.of(page))));
    }

    /** The whole letter: the record's value as base64, its key and its headers. */
    @GET
    @Path("{id}")
    @APIResponse(
            responseCode = "200",
            description = "The letter",
            content = @Content(schema = @Schema(implementation = DeadLetter.class)))
    public Uni<Response> get(@PathParam("id") String id) {
        return letters.find(id).map(found -> Answers.outcome(found, Answers::json));
    }

    /**
     * Writes the record to where it was, exactly as it was and never signed anew: what cannot be believed becomes another dead letter.
     * For administrators; who did it and why is on record.
     */
    @POST
    @Path("{id}/replay")
    @Consumes(MediaType.APPLICATION_JSON)
    @RequestBody(required = true, content = @Content(schema = @Schema(implementation = Documents.ReplayDocument.class)))
    @APIResponse(
            responseCode = "202",
            description = "It was published; what becomes of it, its signature and the policy decide anew",
            content = @Content(schema = @Schema(implementation = Documents.Replayed.class)))
    public Uni<Response> replay(@PathParam("id") String id, byte[] body) {
        Caller caller = Caller.of(identity);
        Outcome<String> reason =
                io.infrabridge.gateway.rest.RequestBody.object(body).then(DeadLettersResource::reason);
        return reason instanceof Outcome.Passed<String> passed
                ? replay.replay(id, passed.value(), caller)
                        .map(done -> Answers.outcome(done, letter -> Answers.published(Documents.Replayed.of(letter))))
                : Uni.createFrom().item(Answers.problem(((Outcome.Refused<String>) reason).refusal()));
    }

    private static Outcome<String> reason(ObjectNode body) {
        return Optional.of(body.path("reason").asText(""))
                .filter(text -> !text.isBlank() && text.length() <= 1000)
                .map(Outcome::passed)
                .orElseGet(() -> Outcome.refused(Refusal.of(
                        Category.MISSING_PROPERTY,
                        "The replay needs a reason of 1 to 1000 characters.",
                        "Say why; it is kept in the audit trail.",
                        PropertyError.of("/reason", "is missing", "text of up to 1000 characters"))));
    }
}
