package io.infrabridge.gateway.rest;

import io.infrabridge.gateway.catalogue.Catalogue;
import io.infrabridge.gateway.catalogue.Presence;
import io.infrabridge.gateway.catalogue.TargetDocument;
import io.infrabridge.gateway.catalogue.ToolDocument;
import io.infrabridge.gateway.policy.CallerPolicy;
import io.infrabridge.gateway.security.Caller;
import io.infrabridge.trust.inventory.Inventory;
import io.quarkus.security.identity.SecurityIdentity;
import io.smallrye.common.annotation.NonBlocking;
import jakarta.inject.Singleton;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** What can be done, and to what. */
@Singleton
@Path("/api/v1")
@Produces(MediaType.APPLICATION_JSON)
@NonBlocking
@Tag(name = "Catalogue")
public final class CatalogueResource {
    private final Catalogue catalogue;
    private final Presence presence;
    private final Inventory inventory;
    private final CallerPolicy policy;
    private final SecurityIdentity identity;

    CatalogueResource(
            Catalogue catalogue,
            Presence presence,
            Inventory inventory,
            CallerPolicy policy,
            SecurityIdentity identity) {
        this.catalogue = catalogue;
        this.presence = presence;
        this.inventory = inventory;
        this.policy = policy;
        this.identity = identity;
    }

    @GET
    @Path("tools")
    @APIResponse(
            responseCode = "200",
            description = "The tools and actions that the caller may use, with their schemas",
            content = @Content(schema = @Schema(implementation = Tools.class)))
    public Response tools() {
        Caller caller = Caller.of(identity);
        return Answers.json(new Tools(catalogue.tools().stream()
                .flatMap(tool -> tool.with(action -> policy.offers(caller, action)).stream())
                .map(tool -> ToolDocument.of(tool, presence))
                .toList()));
    }

    @GET
    @Path("hosts")
    @APIResponse(
            responseCode = "200",
            description = "All hosts and clusters",
            content = @Content(schema = @Schema(implementation = Hosts.class)))
    public Response hosts() {
        return Answers.json(new Hosts(TargetDocument.all(inventory)));
    }

    record Tools(List<ToolDocument> tools) {}

    record Hosts(List<TargetDocument> hosts) {}
}
