package io.infrabridge.audit.rest;

import com.fasterxml.jackson.databind.JsonNode;
import io.infrabridge.audit.trail.Criteria;
import io.infrabridge.audit.trail.OperationSearch;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriInfo;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.eclipse.microprofile.openapi.annotations.Operation;

/** Answers where operations stand, also for those that the gateway has forgotten. */
@Path("/api/v1/operations")
@Produces(MediaType.APPLICATION_JSON)
public class OperationResource {
    private static final List<String> ATTRIBUTES = List.of("issuer", "tool", "action", "target", "caller");
    private static final Set<String> KNOWN =
            Set.of("issuer", "tool", "action", "target", "caller", "state", "limit", "cursor");

    private static final Pattern ID = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._:-]{0,127}");

    private final OperationSearch operations;
    private final Availability availability;

    OperationResource(OperationSearch operations, Availability availability) {
        this.operations = operations;
        this.availability = availability;
    }

    @GET
    @Path("/{id}")
    @Operation(summary = "One operation as it stands; issuer chooses where two have used the same id")
    public Uni<JsonNode> operation(@PathParam("id") String id, @Context UriInfo uri) {
        Parameters parameters = new Parameters(uri.getQueryParameters(), Set.of("issuer"));
        if (!ID.matcher(id).matches()) {
            throw unknown();
        }
        Criteria criteria = new Criteria().equal("operationId", id);
        parameters.text("issuer").ifPresent(issuer -> criteria.equal("issuer", issuer));
        return availability.guard(
                operations.find(criteria).map(found -> found.orElseThrow(OperationResource::unknown)));
    }

    @GET
    @Operation(
            summary = "Search the operations, the latest first",
            description = "Query parameters: issuer, tool, action, target, caller, state, limit (1 to 500, default 50),"
                    + " cursor.")
    public Uni<OperationPage> search(@Context UriInfo uri) {
        Parameters parameters = new Parameters(uri.getQueryParameters(), KNOWN);
        Criteria criteria = new Criteria();
        ATTRIBUTES.forEach(name -> parameters.text(name).ifPresent(value -> criteria.equal(name, value)));
        parameters.text("state").map(States::ofOperations).ifPresent(state -> criteria.equal("state", state));
        parameters.cursor().ifPresent(before -> criteria.below("number", before));
        return availability.guard(operations.page(criteria, parameters.limit()).map(OperationPage::of));
    }

    private static Refused unknown() {
        return Refused.notFound(
                "there is no operation with this id", "check the id; an operation is known once it was accepted");
    }
}
