package io.infrabridge.gateway.rest;

import io.infrabridge.gateway.audit.AuditService;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** The audit trail, passed on from the audit service. */
@Singleton
@Path("/api/v1/audit")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Audit")
public final class AuditResource {
    private final AuditService audit;

    AuditResource(AuditService audit) {
        this.audit = audit;
    }

    @GET
    public Uni<Response> search(@Context UriInfo uri) {
        return passedOn(uri, "/api/v1/audit");
    }

    @GET
    @Path("verify")
    public Uni<Response> verify(@Context UriInfo uri) {
        return passedOn(uri, "/api/v1/audit/verify");
    }

    private Uni<Response> passedOn(UriInfo uri, String path) {
        String query = uri.getRequestUri().getRawQuery();
        return audit.get(query == null ? path : path + "?" + query).map(Answers::audit);
    }
}
