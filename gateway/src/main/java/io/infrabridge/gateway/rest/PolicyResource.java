package io.infrabridge.gateway.rest;

import io.infrabridge.gateway.command.ExplainPolicy;
import io.infrabridge.gateway.policy.Explanation;
import io.infrabridge.gateway.policy.Question;
import io.infrabridge.gateway.problem.Problem;
import io.infrabridge.gateway.security.Caller;
import io.quarkus.security.identity.SecurityIdentity;
import io.smallrye.common.annotation.NonBlocking;
import jakarta.inject.Singleton;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** What the policy would make of an operation. */
@Singleton
@Path("/api/v1/policy")
@Produces(MediaType.APPLICATION_JSON)
@NonBlocking
@Tag(name = "Policy")
public final class PolicyResource {
    private final ExplainPolicy explain;
    private final SecurityIdentity identity;

    PolicyResource(ExplainPolicy explain, SecurityIdentity identity) {
        this.explain = explain;
        this.identity = identity;
    }

    /** 200 whether it would be allowed or not; the worker decides again when it is asked for. */
    @GET
    @Path("explain")
    @APIResponse(
            responseCode = "200",
            description = "The decision, the rule that makes it and what every rule says",
            content = @Content(schema = @Schema(implementation = Explanation.class)))
    @APIResponse(
            responseCode = "default",
            description = "Why the question cannot be answered",
            content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
    public Response explain(
            @QueryParam("tool") Optional<String> tool,
            @QueryParam("action") Optional<String> action,
            @QueryParam("target") Optional<String> target,
            @QueryParam("dry_run") boolean dryRun,
            @Parameter(description = "for administrators: instead of one's own") @QueryParam("roles")
                    List<String> roles,
            @Parameter(description = "for administrators: instead of oneself") @QueryParam("caller")
                    Optional<String> caller,
            @Parameter(description = "for administrators: an ISO-8601 instant instead of now") @QueryParam("at")
                    Optional<String> at) {
        Question question = new Question(tool, action, target, roles, caller, at, dryRun);
        return Answers.outcome(explain.explain(question, Caller.of(identity)), Answers::json);
    }
}
