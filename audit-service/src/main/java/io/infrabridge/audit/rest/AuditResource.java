package io.infrabridge.audit.rest;

import io.infrabridge.audit.trail.Criteria;
import io.infrabridge.audit.trail.Event;
import io.infrabridge.audit.trail.TrailSearch;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriInfo;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.eclipse.microprofile.openapi.annotations.Operation;

/** Searches the records of the trail. */
@Path("/api/v1/audit")
@Produces(MediaType.APPLICATION_JSON)
public class AuditResource {
    private static final Map<String, String> ATTRIBUTES = Map.ofEntries(
            Map.entry("event_id", "event.id"),
            Map.entry("key", "position.key"),
            Map.entry("operation_id", "subject.operationId"),
            Map.entry("issuer", "subject.issuer"),
            Map.entry("tool", "subject.tool"),
            Map.entry("action", "subject.action"),
            Map.entry("target", "subject.target"),
            Map.entry("caller", "subject.caller"),
            Map.entry("trace_id", "traceId"));
    private static final Set<String> KNOWN =
            known(ATTRIBUTES.keySet(), "state", "type", "privileged", "from", "to", "limit", "cursor");

    private final TrailSearch trail;
    private final Availability availability;

    AuditResource(TrailSearch trail, Availability availability) {
        this.trail = trail;
        this.availability = availability;
    }

    @GET
    @Operation(
            summary = "Search the audit trail, newest first",
            description =
                    "Query parameters: event_id, key (the record's, such as a dead letter's topic), operation_id, issuer, tool, action, target, caller, state, type, trace_id,"
                            + " privileged (true: what did something as root),"
                            + " from and to (RFC 3339, to is exclusive), limit (1 to 500, default 50), cursor.")
    public Uni<RecordPage> search(@Context UriInfo uri) {
        Parameters parameters = new Parameters(uri.getQueryParameters(), KNOWN);
        Criteria criteria = new Criteria();
        ATTRIBUTES.forEach(
                (name, attribute) -> parameters.text(name).ifPresent(value -> criteria.equal(attribute, value)));
        parameters.text("state").map(States::ofRecords).ifPresent(state -> criteria.equal("subject.state", state));
        parameters.text("type").map(AuditResource::type).ifPresent(type -> criteria.equal("event.type", type));
        parameters.flag("privileged").ifPresent(wanted -> criteria.given("subject.privilege", wanted));
        parameters.time("from").ifPresent(from -> criteria.atLeast("event.time", from));
        parameters.time("to").ifPresent(to -> criteria.below("event.time", to));
        parameters.cursor().ifPresent(before -> criteria.below("number", before));
        return availability.guard(trail.page(criteria, parameters.limit()).map(RecordPage::of));
    }

    /** {@code command} is short for {@code io.infrabridge.command.v1}. */
    private static String type(String given) {
        return given.contains("/") || given.startsWith(Event.PREFIX) ? given : Event.PREFIX + given + ".v1";
    }

    private static Set<String> known(Set<String> attributes, String... others) {
        Set<String> known = new HashSet<>(attributes);
        known.addAll(Set.of(others));
        return Set.copyOf(known);
    }
}
