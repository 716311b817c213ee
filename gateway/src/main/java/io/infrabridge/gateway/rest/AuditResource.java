package io.infrabridge.gateway.rest;

import io.infrabridge.gateway.audit.AuditExports;
import io.infrabridge.gateway.audit.AuditService;
import io.smallrye.common.annotation.Blocking;
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
    private final AuditExports exports;

    AuditResource(AuditService audit, AuditExports exports) {
        this.audit = audit;
        this.exports = exports;
    }

    @GET
    public Uni<Response> search(@Context UriInfo uri) {
        return audit.get(passedOn(uri, "/api/v1/audit")).map(Answers::audit);
    }

    @GET
    @Path("verify")
    public Uni<Response> verify(@Context UriInfo uri) {
        return audit.getProof(passedOn(uri, "/api/v1/audit/verify")).map(Answers::audit);
    }

    /** Passed on as it comes, piece by piece, which takes a thread: the audit service lets few in at a time. */
    @GET
    @Path("export")
    @Blocking
    @Produces({"application/x-ndjson", MediaType.APPLICATION_JSON})
    public Response export(@Context UriInfo uri) {
        return Answers.outcome(
                exports.open(passedOn(uri, "/api/v1/audit/export")),
                export -> Response.status(export.status())
                        .type(export.contentType())
                        .entity(export.body())
                        .build());
    }

    private static String passedOn(UriInfo uri, String path) {
        String query = uri.getRequestUri().getRawQuery();
        return query == null ? path : path + "?" + query;
    }
}
